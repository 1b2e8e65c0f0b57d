package org.winnow.check;

import java.util.Objects;

/**
 * The input or the configuration is wrong, and the message says so in one sentence: what, where, what is allowed. Jobs
 * print the message alone and exit with 2.
 */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
