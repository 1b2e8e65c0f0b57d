package org.winnow.train;

import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A value that tasks in the driver's own process are given by reference, whatever Spark serialises on the way: copying the
 * state of a network of millions of parameters takes longer than all else of a round. Only where the master is local.
 */
final class LocalReference<T> implements Serializable, AutoCloseable {
    private static final long serialVersionUID = 1;

    private static final AtomicLong KEYS = new AtomicLong();
    private static final Map<Long, LocalReference<?>> OPEN = new ConcurrentHashMap<>();

    private final long key = KEYS.incrementAndGet();
    private final transient T value;

    private LocalReference(T value) {
        this.value = value;
    }

    /** A reference that lasts until it is closed. */
    static <T> LocalReference<T> to(T value) {
        LocalReference<T> reference = new LocalReference<>(value);
        OPEN.put(reference.key, reference);
        return reference;
    }

    T value() {
        return value;
    }

    @Override
    public void close() {
        OPEN.remove(key);
    }

    private Object readResolve() throws ObjectStreamException {
        LocalReference<?> open = OPEN.get(key);
        if (open == null) {
            throw new InvalidObjectException("the round of this task is over, or ran in another process");
        }
        return open;
    }
}
