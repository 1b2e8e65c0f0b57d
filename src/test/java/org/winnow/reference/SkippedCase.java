package org.winnow.reference;

/** A case is not run, for the reason given. */
final class SkippedCase extends RuntimeException {
    private static final long serialVersionUID = 1;

    SkippedCase(String reason) {
        super(reason);
    }
}
