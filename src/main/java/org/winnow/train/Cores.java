package org.winnow.train;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Who works on a large array. */
enum Cores {
    /** The thread that asks: a task, beside which there are others. */
    ONE {
        @Override
        IntStream these(IntStream pieces) {
            return pieces;
        }
    },
    /** All of the machine: the driver between rounds, when nobody else has work. */
    ALL {
        @Override
        IntStream these(IntStream pieces) {
            return pieces.parallel();
        }
    };

    /** Works on every piece, in any order. */
    void forEach(int pieces, IntConsumer piece) {
        these(IntStream.range(0, pieces)).forEach(piece);
    }

    abstract IntStream these(IntStream pieces);
}
