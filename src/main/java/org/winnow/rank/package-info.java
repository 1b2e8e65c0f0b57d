/** The order in which features help, from subsamples of the rows: plain mathematics over arrays. */
@NullMarked
package org.winnow.rank;

import org.jspecify.annotations.NullMarked;
