/** Generators of rows whose relevant features are known. */
@NullMarked
package org.winnow.data.synthetic;

import org.jspecify.annotations.NullMarked;
