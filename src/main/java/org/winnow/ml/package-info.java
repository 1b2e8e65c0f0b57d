/** The methods as Estimators and Models of Spark ML. */
@NullMarked
package org.winnow.ml;

import org.jspecify.annotations.NullMarked;
