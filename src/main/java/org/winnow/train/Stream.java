package org.winnow.train;

/** First words of the keys under which random numbers are drawn, so that no two uses share a stream. */
final class Stream {
    static final long ORDER = 1;
    static final long LAYER = 2;
    static final long INITIAL = 3;
    static final long INPUTS = 4;
    static final long STOCK = 5;

    private Stream() {}
}
