package org.winnow.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.winnow.train.Round;

/** {@code progress.jsonl}: a line of JSON for every round, there to be read while the job runs. */
final class ProgressFile implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OutputStream out;

    ProgressFile(OutputStream out) {
        this.out = out;
    }

    void add(Enum<?> phase, Round round, Map<String, ?> details, double metric) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("phase", phase.name().toLowerCase(Locale.ROOT));
        line.put("round", round.number());
        line.put("rounds", round.of());
        line.put("epoch", round.epoch());
        line.put("loss", round.loss());
        line.put("metric", round.heldOut().rows() == 0 ? null : metric);
        line.put("metric_after_round", round.judgedAfter());
        line.putAll(details);
        line.put("samples_per_second", Math.round(round.samplesPerSecond()));
        line.put("seconds", round.seconds());
        try {
            out.write((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write progress.jsonl", e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
