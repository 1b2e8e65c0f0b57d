/** What people look at: console tables and progress. */
@NullMarked
package org.winnow.report;

import org.jspecify.annotations.NullMarked;
