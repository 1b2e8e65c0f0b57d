/** From one network to another: gated, restricted to the features kept, compact. */
package org.winnow.surgery;
