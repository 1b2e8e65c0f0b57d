/**
 * From dense networks to sparse and masked ones: what their layers say ({@link org.winnow.surgery.NamedLayers}), what they
 * hand on ({@link org.winnow.surgery.State}), and copies with other layers ({@link org.winnow.surgery.Conversion}, {@link
 * org.winnow.surgery.Masks}).
 */
package org.winnow.surgery;
