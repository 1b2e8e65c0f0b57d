package org.winnow.reference;

import org.nd4j.linalg.api.buffer.DataType;

/** The two precisions in which every case is run, with the tolerance of each. */
enum Precision {
    FLOAT64(DataType.DOUBLE, 1e-9),
    FLOAT32(DataType.FLOAT, 1e-5);

    final DataType type;
    private final double tolerance;

    Precision(DataType type, double tolerance) {
        this.type = type;
        this.tolerance = tolerance;
    }

    /** The number as this precision holds it. */
    double round(double value) {
        return this == FLOAT32 ? (float) value : value;
    }

    /** How far a result may be from the number wanted. */
    double allowed(double want) {
        return tolerance * (1 + Math.abs(want));
    }

    /** Whether a number is within the range this precision holds at full resolution. */
    boolean holds(double value) {
        double size = Math.abs(value);
        return this == FLOAT64 || size == 0 || (size >= Float.MIN_NORMAL && size <= Float.MAX_VALUE);
    }
}
