/** Feature selection from end to end: gates, the features kept, the network on them alone. */
@NullMarked
package org.winnow.select;

import org.jspecify.annotations.NullMarked;
