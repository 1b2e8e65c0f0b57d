@NullMarked
package org.winnow.prune;

import org.jspecify.annotations.NullMarked;
