/** Ways of making a layer sparse, each of which goes with every operator: the contract, and one file for each. */
@NullMarked
package org.winnow.sparsifier;

import org.jspecify.annotations.NullMarked;
