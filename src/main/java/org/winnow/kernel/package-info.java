/** Special functions, counter-based noise, and loops over arrays: what the rest of the mathematics stands on. */
@NullMarked
package org.winnow.kernel;

import org.jspecify.annotations.NullMarked;
