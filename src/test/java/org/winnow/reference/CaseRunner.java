package org.winnow.reference;

/** Computes the cases of some layers with our classes. */
interface CaseRunner {
    /** Whether the case's layer is one of those. */
    boolean runs(ReferenceCase reference);

    /**
     * Computes a case and compares every expected number of it.
     *
     * @throws SkippedCase where we decided to behave differently from the reference
     */
    void run(ReferenceCase reference, Precision precision, Comparison comparison);
}
