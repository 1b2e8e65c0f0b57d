/** What every operator and every sparsifier on the class path has to do, found by a scan of classes. */
@NullMarked
package org.winnow.contract;

import org.jspecify.annotations.NullMarked;
