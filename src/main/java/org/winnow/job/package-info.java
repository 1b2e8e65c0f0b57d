/** One main class per job: configuration, calls, outputs. */
@NullMarked
package org.winnow.job;

import org.jspecify.annotations.NullMarked;
