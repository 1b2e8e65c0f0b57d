/** Records as tables, in files and as Datasets, and back. */
@NullMarked
package org.winnow.table;

import org.jspecify.annotations.NullMarked;
