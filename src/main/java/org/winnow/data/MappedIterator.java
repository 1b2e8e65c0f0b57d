package org.winnow.data;

import java.util.Iterator;
import java.util.function.Function;

/** Applies a function to what another iterator gives, as it gives it. */
record MappedIterator<A, B>(Iterator<A> from, Function<A, B> function) implements Iterator<B> {
    @Override
    public boolean hasNext() {
        return from.hasNext();
    }

    @Override
    public B next() {
        return function.apply(from.next());
    }
}
