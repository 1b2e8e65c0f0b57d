@NullMarked
package org.winnow.activation;

import org.jspecify.annotations.NullMarked;
