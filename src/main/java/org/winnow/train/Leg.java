package org.winnow.train;

import static org.winnow.check.Check.that;

import java.io.Serializable;
import java.util.Optional;

/**
 * A part of a training: from a state that an earlier leg ended in, to a share of all rounds. Legs one after the other
 * end in the bits of a training at one go.
 *
 * @param from where the leg before ended; empty: the beginning
 * @param until share of all rounds after which it ends, in (0, 1]
 */
public record Leg(Optional<Paused> from, double until) {
    /** All of a training. */
    public static final Leg WHOLE = new Leg(Optional.empty(), 1);

    /** Where a leg ended; opaque to who carries it on. */
    public static final class Paused implements Serializable {
        private final RoundState state;

        Paused(RoundState state) {
            this.state = state;
        }

        RoundState state() {
            return state;
        }
    }

    public Leg {
        that(until > 0 && until <= 1, "until", "in (0, 1]", until);
    }

    /** The round after which it ends, of so many. */
    int lastOf(int rounds) {
        return (int) Math.ceil(until * rounds);
    }
}
