/** What is between sparse layers and has no weights: functions of complex numbers, and the gate of residual blocks. */
@NullMarked
package org.winnow.activation;

import org.jspecify.annotations.NullMarked;
