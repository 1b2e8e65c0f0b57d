package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.winnow.check.UserError;

class ArgumentsTest {
    @Test
    void keysAreGivenWithAnEqualsSignOrAsOptions() {
        Arguments arguments =
                Arguments.parse("a.b=1", "--data", "DIR", "--conf", "my.conf", "--c=x=y", "d=--e", "--f", "-1", "g=");
        assertEquals(
                Map.of("a.b", "1", "data", "DIR", "c", "x=y", "d", "--e", "f", "-1", "g", ""), arguments.overrides());
        assertEquals(Optional.of(Path.of("my.conf")), arguments.conf());
    }

    @Test
    void helpAndVersionAreOptions() {
        assertTrue(Arguments.parse("a=1", "--help").help());
        assertTrue(Arguments.parse("-h").help());
        assertTrue(Arguments.parse("--version").version());
    }

    @ParameterizedTest
    @ValueSource(strings = {"word", "--data", "=1", "--=1", "-x"})
    void otherWordsAreRefused(String word) {
        UserError error = assertThrows(UserError.class, () -> Arguments.parse("a=1", word));
        assertTrue(error.getMessage().endsWith("got " + word), error.getMessage());
    }
}
