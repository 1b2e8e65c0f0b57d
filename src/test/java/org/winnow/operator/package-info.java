@NullMarked
package org.winnow.operator;

import org.jspecify.annotations.NullMarked;
