package org.winnow.surgery;

import java.util.List;

/**
 * What became of the arrays of a state.
 *
 * @param loaded names that were found on both sides
 * @param missing what the layers have and the state lacks: it stays as it was
 * @param unexpected what the state has and the layers lack: it is ignored
 */
public record Loaded(List<String> loaded, List<String> missing, List<String> unexpected) {
    public Loaded {
        loaded = List.copyOf(loaded);
        missing = List.copyOf(missing);
        unexpected = List.copyOf(unexpected);
    }
}
