/** Records that travel between the rooms: settings, gate statistics, trials. Plain Java. */
@NullMarked
package org.winnow.model;

import org.jspecify.annotations.NullMarked;
