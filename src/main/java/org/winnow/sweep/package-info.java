/** Sweeps over configurations: search space, order of trials, early stopping, and the ledger of what is done. */
@NullMarked
package org.winnow.sweep;

import org.jspecify.annotations.NullMarked;
