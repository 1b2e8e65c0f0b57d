/** Checks of arguments, and the error that is meant for the person who gave the input. */
@NullMarked
package org.winnow.check;

import org.jspecify.annotations.NullMarked;
