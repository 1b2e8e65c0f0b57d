/** Training on Spark by rounds of local steps and averaging. */
@NullMarked
package org.winnow.train;

import org.jspecify.annotations.NullMarked;
