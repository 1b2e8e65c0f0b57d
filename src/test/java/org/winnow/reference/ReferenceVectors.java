package org.winnow.reference;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.winnow.reference.Outcome.Status;

/** Runs every case of every JSON file of a directory, in both precisions. */
public final class ReferenceVectors {
    private static final List<CaseRunner> RUNNERS = List.of(
            new GateCases(),
            new SpecialFunctionCases(),
            new VariationalCases(),
            new ExtensionCases(),
            new MaskedCases(),
            new MaskLayerCases(),
            new PipelineCases(),
            new ResidualCases());

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final List<Outcome> outcomes = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private ReferenceVectors() {}

    /** Runs the cases of all {@code *.json} files; a file that cannot be read counts as a failure. */
    public static Report check(Path directory) throws IOException {
        ReferenceVectors vectors = new ReferenceVectors();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.toString().endsWith(".json")).sorted().forEach(vectors::checkFile);
        }
        if (vectors.outcomes.isEmpty()) {
            vectors.fail(directory.toString(), "no JSON files");
        }
        return new Report(vectors.outcomes);
    }

    private void checkFile(Path file) {
        String fileName = String.valueOf(file.getFileName());
        try {
            JsonNode root = JSON.readTree(file.toFile());
            JsonNode cases = root.path("cases");
            if (root.path("schema").intValue() != 1 || !root.path("family").isTextual() || cases.isEmpty()) {
                fail(fileName, "not a file of schema 1 with a family and cases");
            }
            for (JsonNode node : cases) {
                checkCase(fileName, root.path("family").asText(), node);
            }
        } catch (IOException e) {
            fail(fileName, "cannot be read: " + e.getMessage());
        }
    }

    private void checkCase(String file, String family, JsonNode node) {
        try {
            ReferenceCase reference = new ReferenceCase(family, node);
            if (names.add(reference.name())) {
                outcomes.add(outcome(reference));
            } else {
                fail(file, "a second case of the name " + reference.name());
            }
        } catch (IllegalArgumentException e) {
            fail(file, "not a case: " + e.getMessage());
        }
    }

    private static Outcome outcome(ReferenceCase reference) {
        String family = reference.family();
        Optional<CaseRunner> runner =
                RUNNERS.stream().filter(candidate -> candidate.runs(reference)).findFirst();
        if (runner.isEmpty()) {
            return new Outcome(family, reference.name(), Status.FAILED, "unknown layer " + reference.layer());
        }
        List<String> mismatches = new ArrayList<>();
        for (Precision precision : Precision.values()) {
            try {
                Comparison comparison = new Comparison(reference, precision);
                runner.get().run(reference, precision, comparison);
                mismatches.addAll(comparison.mismatches());
            } catch (SkippedCase e) {
                return new Outcome(family, reference.name(), Status.SKIPPED, String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                mismatches.add(precision + " " + e);
            }
        }
        Status status = mismatches.isEmpty() ? Status.PASSED : Status.FAILED;
        return new Outcome(family, reference.name(), status, String.join("; ", mismatches));
    }

    private void fail(String file, String detail) {
        outcomes.add(new Outcome(file, "file", Status.FAILED, detail));
    }
}
