/** Networks that the benchmarks time, and the floor to hold their times against. */
@NullMarked
package org.winnow.bench;

import org.jspecify.annotations.NullMarked;
