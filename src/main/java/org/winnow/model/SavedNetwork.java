package org.winnow.model;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.winnow.file.Sha256;

/**
 * A network as it was saved by others.
 *
 * @param network without what is before and after it
 * @param normaliser of its rows and labels; null: it takes what it is given
 * @param notes what became of it on the way, in sentences for people
 */
public record SavedNetwork(NetworkState network, @Nullable Normaliser normaliser, List<String> notes)
        implements Serializable {
    public SavedNetwork {
        notes = List.copyOf(notes);
    }

    /** A short name for all of it that makes answers. */
    public String fingerprint() {
        String own = network.fingerprint();
        return normaliser == null ? own : Sha256.brief(own.getBytes(StandardCharsets.UTF_8), normaliser.bytes());
    }
}
