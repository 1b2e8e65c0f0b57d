package org.winnow.operator;

/** What a mask keeps or drops as one. */
public enum Unit {
    /** Each weight. */
    WEIGHT,
    /** All weights of an output: a row of a linear weight, an output channel of a convolution. */
    NEURON,
    /** The weights of an output channel at one position of the kernel; for linear maps the same as a neuron. */
    KERNEL_POSITION
}
