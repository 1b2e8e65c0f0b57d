/**
 * The DL4J face of gates, sparsifiers and activations: configurations, parameters, runtimes. {@link
 * org.winnow.layer.SparseLayer} is every operator with every sparsifier.
 */
package org.winnow.layer;
