/** Stochastic gates: how one gate is distributed, which elements share it, and what a row of them does to a batch. */
@NullMarked
package org.winnow.gate;

import org.jspecify.annotations.NullMarked;
