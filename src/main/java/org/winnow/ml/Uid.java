package org.winnow.ml;

/**
 * Hands a stage its uid before it has fields. Spark's abstract stages make params in their constructors, and each param
 * asks the stage for its uid then; a Scala stage has it by that time, a Java stage can put it nowhere before
 * {@code super()}. So the uid waits here for the constructor of the same thread: {@code this(Uid.handed(uid))} runs first
 * of all, {@link #ofNew} answers while there is no field, and {@link #taken} ends it.
 */
final class Uid {
    private static final ThreadLocal<Uid> WAITING = new ThreadLocal<>();

    private final String value;

    private Uid(String value) {
        this.value = value;
    }

    /** Lets a uid wait for the stage that is about to be made. */
    static Uid handed(String value) {
        Uid uid = new Uid(value);
        WAITING.set(uid);
        return uid;
    }

    /** The uid of the stage whose constructor is at work. */
    static String ofNew() {
        return WAITING.get().value;
    }

    /** The uid, which waits no longer. */
    String taken() {
        WAITING.remove();
        return value;
    }
}
