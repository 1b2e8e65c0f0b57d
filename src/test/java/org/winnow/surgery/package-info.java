@NullMarked
package org.winnow.surgery;

import org.jspecify.annotations.NullMarked;
