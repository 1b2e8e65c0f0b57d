/** Readers of every format: rows with their place in the files, through Hadoop file systems and Spark. */
@NullMarked
package org.winnow.data.read;

import org.jspecify.annotations.NullMarked;
