package org.winnow.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Checks what users are told. */
final class Faults {
    private Faults() {}

    static void assertSays(String start, Executable work) {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, work);
        assertEquals(IllegalArgumentException.class, error.getClass(), "the class that PySpark knows");
        assertTrue(String.valueOf(error.getMessage()).startsWith(start), error.getMessage());
    }
}
