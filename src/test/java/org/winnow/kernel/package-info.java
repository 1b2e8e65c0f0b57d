@NullMarked
package org.winnow.kernel;

import org.jspecify.annotations.NullMarked;
