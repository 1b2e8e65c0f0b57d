/**
 * Reads the reference vectors and runs every case of them. A family has one {@link org.winnow.reference.CaseRunner}; a
 * new one is added to the list in {@link org.winnow.reference.ReferenceVectors}.
 */
@NullMarked
package org.winnow.reference;

import org.jspecify.annotations.NullMarked;
