package org.winnow.reference;

/**
 * What became of a case, or of a file that could not be read.
 *
 * @param detail the reason of a skip or failure, empty for a pass
 */
record Outcome(String family, String name, Status status, String detail) {
    enum Status {
        PASSED,
        SKIPPED,
        FAILED
    }
}
