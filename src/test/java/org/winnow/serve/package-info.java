@NullMarked
package org.winnow.serve;

import org.jspecify.annotations.NullMarked;
