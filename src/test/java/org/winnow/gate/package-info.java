@NullMarked
package org.winnow.gate;

import org.jspecify.annotations.NullMarked;
