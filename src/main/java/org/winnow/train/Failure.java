package org.winnow.train;

import org.jspecify.annotations.Nullable;

/** What went wrong in another thread, as it is in this one. */
final class Failure {
    private Failure() {}

    /** The cause, to be thrown; an error is thrown at once. */
    static RuntimeException unchecked(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    }
}
