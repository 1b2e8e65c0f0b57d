/** Which columns, and which products of two columns, go with the target, one by one among any number: tests on shards of rows. */
@NullMarked
package org.winnow.pairs;

import org.jspecify.annotations.NullMarked;
