/**
 * Networks with few weights at work: {@link org.winnow.serve.SparseNetwork}, its file, and how fast it is. Nothing of DL4J
 * is needed.
 */
@NullMarked
package org.winnow.serve;

import org.jspecify.annotations.NullMarked;
