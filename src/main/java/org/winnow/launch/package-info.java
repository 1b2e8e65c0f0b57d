/** How a job's JVM is started. */
@NullMarked
package org.winnow.launch;

import org.jspecify.annotations.NullMarked;
