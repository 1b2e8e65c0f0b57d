package org.winnow.sweep;

import java.util.List;
import java.util.Optional;

/** Trainings that are done one after the other, because the next depends on what came before; a pure function of it. */
interface Chain {
    /** The next training after those that are over; empty: there is none. */
    Optional<Link> next(List<TrainingResult> over);

    /** Trainings at most. */
    int length();
}
