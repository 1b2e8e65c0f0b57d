package org.winnow.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ShownTest {
    @Test
    void controlCharactersAreWrittenOut() {
        assertEquals("\\u001b[31mred\\u0007", Shown.plain("\u001b[31mred\u0007"));
        assertEquals("größe\tin mm\n", Shown.plain("größe\tin mm\n"));
    }
}
