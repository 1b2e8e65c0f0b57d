package org.winnow.sweep;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What trials are compared with: each is trained once, by the first who asks, and kept in the ledger. */
final class References {
    private final Map<String, Reference> references = new ConcurrentHashMap<>();
    private final Ledger ledger;

    References(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The reference of an id; others who want the same wait for it. */
    Reference get(String id, Supplier<Reference> train) {
        return references.computeIfAbsent(
                id,
                missing -> ledger.reference(missing).orElseGet(() -> {
                    Reference reference = train.get();
                    ledger.write(missing, reference);
                    return reference;
                }));
    }
}
