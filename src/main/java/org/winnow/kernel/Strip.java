package org.winnow.kernel;

import java.nio.Buffer;
import java.util.function.DoubleUnaryOperator;

/**
 * Some neighbouring numbers of an array, few enough to stay in the processor's nearest cache, in which a formula is
 * computed operation by operation. Every operation changes the strip and returns it. Floats go through the {@link Kernel}
 * and give the same bits on every machine; doubles through {@link Math}.
 */
public interface Strip {
    /** Takes so many numbers from now on, whatever they are. */
    Strip resized(int numbers);

    /** {@code x}. */
    Strip set(Strip x);

    Strip set(double x);

    Strip add(Strip x);

    Strip add(double x);

    Strip sub(Strip x);

    /** {@code x - this}. */
    Strip rsub(double x);

    Strip mul(Strip x);

    Strip mul(double x);

    Strip div(Strip x);

    /** {@code this * x + y}, rounded once. */
    Strip fma(Strip x, Strip y);

    /** {@code this * x + y}, rounded once. */
    Strip fma(double x, double y);

    /** {@code this * x + y}, rounded once. */
    Strip fma(double x, Strip y);

    Strip abs();

    Strip sqrt();

    Strip max(double x);

    Strip min(double x);

    /** 1 for numbers of the closed interval, 0 for others. */
    Strip within(double lower, double upper);

    /** 1 for numbers of at least another, 0 for others. */
    Strip atLeast(double x);

    /** 1 for numbers above another, 0 for others. */
    Strip above(double x);

    Strip exp();

    /** Of numbers above 0. */
    Strip log();

    /** {@code 1 / (1 + e^-this)}. */
    Strip sigmoid();

    /** {@code log(1 + e^this)}. */
    Strip softplus();

    /** {@link #softplus()}, and its slope, the {@link #sigmoid} of what this was, into another strip. */
    Strip softplus(Strip slope);

    /** A function for which there is nothing faster, in double precision. */
    Strip map(DoubleUnaryOperator function);

    /** Uniform or normal noise of so many places from an index on, a multiple of four. */
    Strip noise(Noise stream, boolean normal, long from);

    /** The sum of the first numbers, pairwise, in an order that depends on nothing but how many there are. */
    double sum(int count);

    /** Takes numbers from a place of a buffer of this type on. */
    void read(Buffer from, int at, int count);

    /** Takes numbers from a place on of so many that repeat. */
    void readRepeating(Buffer from, int first, int length, int at, int count);

    /** Puts the first numbers at a place of a buffer of this type. */
    void write(Buffer into, int at, int count);
}
