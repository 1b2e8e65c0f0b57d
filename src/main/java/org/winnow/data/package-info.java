/** Rows in, standardised shards out: reading, schema, encoding, and the split into training and held-out rows. */
@NullMarked
package org.winnow.data;

import org.jspecify.annotations.NullMarked;
