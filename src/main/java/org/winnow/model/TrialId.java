package org.winnow.model;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.winnow.file.Sha256;

/** Names a trial by what it is: the same configuration on the same data has the same name. */
public final class TrialId {
    private TrialId() {}

    /** Keys that say where things are or go; the content of the data is in its fingerprint. */
    private static final List<String> WITHOUT_EFFECT =
            List.of("data.path", "output.", "train.checkpoint.", "train.resume", "train.rounds");

    /** A hash of all keys that can change a result, and of the data. */
    public static String of(Map<String, String> params, String fingerprint) {
        StringBuilder text = new StringBuilder(fingerprint);
        new TreeMap<>(params).forEach((key, value) -> {
            if (WITHOUT_EFFECT.stream().noneMatch(key::startsWith)) {
                text.append('\n').append(key).append('=').append(value);
            }
        });
        return Sha256.brief(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
