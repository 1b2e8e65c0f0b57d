@NullMarked
package org.winnow.sparsifier;

import org.jspecify.annotations.NullMarked;
