package org.winnow.ml;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;
import org.winnow.check.UserError;

/** Checks what users are told. */
final class Faults {
    private Faults() {}

    static void assertSays(String start, Executable work) {
        UserError error = assertThrows(UserError.class, work);
        assertTrue(error.getMessage().startsWith(start), error.getMessage());
    }
}
