/** What a layer computes before bias, noise or mask: maps that are linear in their weight, real or complex. */
@NullMarked
package org.winnow.operator;

import org.jspecify.annotations.NullMarked;
