package org.winnow.ml;

/** What becomes of a fit that keeps no feature. */
enum OnEmpty {
    BEST,
    ERROR
}
