/** Pruning from end to end: train, make sparse, mask, fine-tune, compare. */
@NullMarked
package org.winnow.prune;

import org.jspecify.annotations.NullMarked;
