/** The DL4J face of gates and sparsifiers: configuration, parameters, runtime. */
package org.winnow.layer;
