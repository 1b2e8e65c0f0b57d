package org.winnow.doctor;

import java.util.List;

/** Judges one thing of an environment, and nothing but what the environment says. */
@FunctionalInterface
public interface Examination {
    Finding of(Environment environment);

    /** All there are, in the order in which they are shown. */
    static List<Examination> all() {
        return List.of(
                new JavaVersion(),
                new OpenPackages(),
                new VectorModule(),
                new ScalaVersion(),
                new NativeLibrary(),
                new NativeThreads(),
                new MemoryBounds(),
                new FileWriting());
    }
}
