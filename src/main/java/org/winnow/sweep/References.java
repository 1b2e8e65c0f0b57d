package org.winnow.sweep;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.winnow.model.Score;

/** What trials are compared with: each is trained once, by the first who asks, and kept in the ledger. */
final class References {
    private final Map<String, Score> scores = new ConcurrentHashMap<>();
    private final Ledger ledger;

    References(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The score of an id; others who want the same wait for it. */
    Score get(String id, Supplier<Score> train) {
        return scores.computeIfAbsent(
                id,
                missing -> ledger.reference(missing).orElseGet(() -> {
                    Score score = train.get();
                    ledger.write(missing, score);
                    return score;
                }));
    }
}
