/** Arrays by name in files of the safetensors format, as PyTorch and NumPy read and write them. */
@NullMarked
package org.winnow.safetensors;

import org.jspecify.annotations.NullMarked;
