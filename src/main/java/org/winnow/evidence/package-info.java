/** Which gates the target depends on, given all others, with the share of errors controlled: tests on shards of rows. */
@NullMarked
package org.winnow.evidence;

import org.jspecify.annotations.NullMarked;
