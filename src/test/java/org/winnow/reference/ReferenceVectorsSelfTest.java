package org.winnow.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.reference.Outcome.Status;

/** The run over the reference vectors notices what it has to notice. */
class ReferenceVectorsSelfTest {
    private static final Path VECTORS = Path.of("src/test/resources/reference");
    private static final String GAUSSIAN = "captum-gaussian.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    /** Of every case that passes, each expected tensor in its largest number. */
    @Test
    void aChangeInTheFourthDigitFails() throws IOException {
        Set<String> passing = names(ReferenceVectors.check(VECTORS), Status.PASSED);
        Map<String, List<String>> changes = new TreeMap<>();
        for (Path file : files()) {
            ObjectNode root = read(file);
            ArrayNode changed = JSON.createArrayNode();
            for (JsonNode original : root.path("cases")) {
                if (passing.contains(original.path("name").asText())) {
                    changes.putAll(addChanges(root.path("family").asText(), (ObjectNode) original, changed));
                }
            }
            if (!changed.isEmpty()) {
                root.set("cases", changed);
                write(String.valueOf(file.getFileName()), root.toString());
            }
        }

        Report report = ReferenceVectors.check(directory);

        int variants = changes.values().stream().mapToInt(List::size).sum();
        assertTrue(variants >= 100, variants + " changes");
        assertEquals(changes.keySet(), names(report, Status.FAILED));
        assertEquals(
                List.of(),
                report.outcomes().stream()
                        .flatMap(outcome -> unnoticed(outcome, changes.getOrDefault(outcome.name(), List.of())))
                        .toList());
    }

    @Test
    void aFileThatCannotBeReadFails() throws IOException {
        write("broken.json", Files.readString(VECTORS.resolve(GAUSSIAN)).substring(0, 5000));
        assertFails("broken.json file: cannot be read");
        write("broken.json", "{}");
        assertFails("broken.json file: not a file of schema 1 with a family and cases");
        write("broken.json", "");
        assertFails("broken.json file: not a file of schema 1 with a family and cases");
        write("broken.json", "{\"schema\": 1, \"family\": \"captum-gaussian\", \"cases\": [{\"layer\": \"x\"}]}");
        assertFails("broken.json file: not a case: no text at name");
    }

    @Test
    void aDirectoryWithoutFilesFails() throws IOException {
        assertFails("no JSON files");
    }

    @Test
    void aLayerThatNobodyKnowsFails() throws IOException {
        writeChanged(reference -> reference.put("layer", "NewGates"));
        assertFails("unknown layer NewGates");
    }

    @Test
    void aCaseWithoutExpectedNumbersFails() throws IOException {
        writeChanged(reference -> reference.putObject("outputs"));
        assertFails("no expected numbers at outputs/y");
        writeChanged(reference -> reference.remove("penalty"));
        assertFails("no expected numbers at penalty");
        writeChanged(reference -> reference.withObject("/grads").remove("x"));
        assertFails("no expected numbers at grads/x");
        writeChanged(reference -> reference.withObject("/outputs").putNull("y"));
        assertFails("tensor");
    }

    @Test
    void expectedNumbersThatNobodyComparesFail() throws IOException {
        writeChanged(reference -> reference.withObject("/extra").put("news", 1));
        assertFails("extra/news is not compared");
    }

    @Test
    void aConstructorArgumentThatNobodyReadsFails() throws IOException {
        writeChanged(reference -> reference.withObject("/config").put("novel", 1));
        assertFails("unknown config key novel");
    }

    @Test
    void aTensorThatDoesNotFillItsShapeFails() throws IOException {
        writeChanged(
                reference -> reference.withObject("/inputs/x").putArray("data").add(1));
        assertFails("1 numbers in a tensor of shape");
    }

    @Test
    void aNameThatOccursTwiceFails() throws IOException {
        String text = Files.readString(VECTORS.resolve(GAUSSIAN));
        write("one.json", text);
        write("two.json", text);
        assertFails("a second case of the name stg-gaussian-nomask-2d-train");
    }

    /**
     * Adds a case with all its changes at once; of a pipeline a case for each, as its stages go on from expected states.
     *
     * @return the changed paths by the name of a case
     */
    private static Map<String, List<String>> addChanges(String family, ObjectNode original, ArrayNode into) {
        String name = original.path("name").asText();
        List<String> paths =
                List.copyOf(new ReferenceCase(family, original).expected().keySet());
        Map<String, List<String>> named = new TreeMap<>();
        if (original.path("layer").asText().equals("pipeline")) {
            paths.forEach(path -> named.put(name + " " + path, List.of(path)));
        } else {
            named.put(name, paths);
        }
        Map<String, List<String>> added = new TreeMap<>();
        named.forEach((variant, of) -> {
            ObjectNode changed = original.deepCopy();
            List<String> done =
                    of.stream().filter(path -> changeFourthDigit(changed, path)).toList();
            if (!done.isEmpty()) {
                into.add(changed.put("name", variant));
                added.put(variant, done);
            }
        });
        return added;
    }

    /** Of several changes of a case those that no mismatch names; a case with one failed by that one. */
    private static Stream<String> unnoticed(Outcome outcome, List<String> paths) {
        return paths.size() == 1
                ? Stream.empty()
                : paths.stream().filter(path -> !isNamed(path, outcome)).map(path -> outcome.name() + " " + path);
    }

    /** Whether what disagrees is that of a path. */
    private static boolean isNamed(String path, Outcome outcome) {
        return Stream.of(outcome.detail().split("; "))
                .anyMatch(mismatch -> Stream.of(Precision.values())
                        .map(precision -> precision + " " + path)
                        .anyMatch(start -> mismatch.startsWith(start + "[") || mismatch.startsWith(start + ": got ")));
    }

    /** Changes the largest number at a path, its text or flag; false if there is none but zeros. */
    private static boolean changeFourthDigit(ObjectNode reference, String path) {
        int slash = path.lastIndexOf('/');
        JsonNode parent = slash < 0 ? reference : reference.at("/" + path.substring(0, slash));
        String key = path.substring(slash + 1);
        JsonNode value = parent.isArray() ? parent.path(Integer.parseInt(key)) : parent.path(key);
        if (value.has("data")) {
            ArrayNode data = (ArrayNode) value.path("data");
            int largest = 0;
            for (int i = 0; i < data.size(); i++) {
                if (size(data, i) > size(data, largest)) {
                    largest = i;
                }
            }
            boolean any = size(data, largest) > 0;
            data.set(largest, changed(data.path(largest).doubleValue()));
            return any;
        }
        if (value.isNull() || value.asText().equals("0")) {
            return false;
        }
        JsonNode other = value.isNumber()
                ? DoubleNode.valueOf(changed(value.doubleValue()))
                : value.isBoolean() ? BooleanNode.valueOf(!value.booleanValue()) : TextNode.valueOf("another");
        if (parent.isArray()) {
            ((ArrayNode) parent).set(Integer.parseInt(key), other);
        } else {
            ((ObjectNode) parent).set(key, other);
        }
        return true;
    }

    private static double size(ArrayNode data, int at) {
        return Math.abs(data.path(at).doubleValue());
    }

    private static double changed(double value) {
        double leading = Math.floor(Math.log10(Math.abs(value)));
        return value - Math.copySign(Math.pow(10, leading - 3), value);
    }

    private void writeChanged(Consumer<ObjectNode> change) throws IOException {
        ObjectNode root = read(VECTORS.resolve(GAUSSIAN));
        change.accept((ObjectNode) root.path("cases").path(0));
        write(GAUSSIAN, root.toString());
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private void assertFails(String reason) throws IOException {
        Report report = ReferenceVectors.check(directory);
        assertTrue(
                report.failures().stream().anyMatch(failure -> failure.contains(reason)),
                () -> reason + " is not among " + report.failures());
    }

    private static Set<String> names(Report report, Status status) {
        return report.outcomes().stream()
                .filter(outcome -> outcome.status() == status)
                .map(Outcome::name)
                .collect(Collectors.toSet());
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(VECTORS)) {
            return files.sorted().toList();
        }
    }

    private static ObjectNode read(Path file) throws IOException {
        return (ObjectNode) JSON.readTree(file.toFile());
    }
}
