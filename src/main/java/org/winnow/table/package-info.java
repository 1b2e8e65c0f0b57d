/** Records as Datasets, and back. */
@NullMarked
package org.winnow.table;

import org.jspecify.annotations.NullMarked;
