/** Files of ours on any Hadoop file system: whole or not there, sealed with hashes, held by one run at a time. */
@NullMarked
package org.winnow.file;

import org.jspecify.annotations.NullMarked;
