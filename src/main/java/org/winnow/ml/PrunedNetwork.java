package org.winnow.ml;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.winnow.check.Check;
import org.winnow.check.UserError;
import org.winnow.data.Encoder;
import org.winnow.data.Feature;
import org.winnow.model.AblationResult;
import org.winnow.model.LayerCost;
import org.winnow.model.MaskResult;
import org.winnow.model.RelevanceResult;
import org.winnow.model.TrialResult;
import org.winnow.model.UnitGates;
import org.winnow.prune.NetworkPruning;
import org.winnow.prune.PruneListener;
import org.winnow.prune.Pruned;
import org.winnow.report.PruneReport;
import org.winnow.safetensors.Safetensors;
import org.winnow.safetensors.Tensor;
import org.winnow.serve.SparseFile;
import org.winnow.serve.SparseNetwork;
import org.winnow.surgery.Delivery;
import org.winnow.table.Tables;
import org.winnow.table.UnitGateTable;
import org.winnow.train.TrainingData;

/**
 * A network that was made sparse, with what turns vectors into its inputs and the tables that say how.
 *
 * @param learned all but arrays
 * @param network only weights that are not 0
 * @param gates of its layers
 */
record PrunedNetwork(Learned learned, SparseNetwork network, List<UnitGates> gates) {
    private static final Logger LOG = LoggerFactory.getLogger(PrunedNetwork.class);
    private static final String LEARNED = "pruned.json";
    private static final String NETWORK = "network.safetensors";
    private static final String GATES = "gates.safetensors";

    /**
     * What is kept as JSON.
     *
     * @param width numbers in a vector
     * @param places of those that the encoder takes, rising
     * @param found whether what was looked for was found
     * @param trials tries first, the result last
     * @param before costs of the dense network's layers
     * @param after those of the small one's
     */
    record Learned(
            int width,
            int[] places,
            Encoder encoder,
            boolean found,
            List<TrialResult> trials,
            List<RelevanceResult> relevance,
            List<MaskResult> masks,
            List<AblationResult> ablations,
            List<LayerCost> before,
            List<LayerCost> after) {
        Learned {
            Slice.requirePlaces(places, width);
            Check.that(
                    places.length == encoder.schema().features().size(),
                    "places",
                    "one for each feature of the encoder",
                    places.length);
            trials = List.copyOf(trials);
            Check.that(!trials.isEmpty(), "trials", "at least one", "none");
            relevance = List.copyOf(relevance);
            masks = List.copyOf(masks);
            ablations = List.copyOf(ablations);
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    PrunedNetwork {
        gates = List.copyOf(gates);
        Check.that(
                network.width() == learned.encoder().schema().inputs(),
                "width of the network",
                "as many as the encoder makes",
                network.width());
        Check.that(
                network.outputs() == learned.encoder().schema().outputs(),
                "outputs of the network",
                "as many as there are classes",
                network.outputs());
    }

    /** Trains a network on rows and makes it sparse. */
    static PrunedNetwork fit(TrainingRows rows, SparsePredictorParams params) {
        NetworkPruning.Options options = params.pruningOptions();
        // Spark's pages show the networks, and tries are rows of the trials.
        Pruned pruned = NetworkPruning.fit(
                TrainingData.of(rows.loaded(), options.train()),
                options,
                Settings.values(params),
                PruneListener.SILENT);
        pruned.relevance().stream()
                .filter(layer -> layer.kept() == 0)
                .forEach(layer -> LOG.warn(
                        "{}: layer {} lost all of its weights at threshold {} (allowEmpty=false ends the fit)",
                        params.uid(),
                        layer.layer(),
                        layer.threshold()));
        Delivery delivery = pruned.delivery(rows.loaded());
        List<TrialResult> trials = new ArrayList<>();
        pruned.tries().forEach(tried -> trials.add(tried.withParams(ofParams(tried.params()))));
        trials.add(pruned.trial());
        Encoder encoder = rows.loaded().encoder();
        Learned learned = new Learned(
                rows.features().size(),
                rows.places(
                        encoder.schema().features().stream().map(Feature::name).toList()),
                encoder,
                pruned.found(),
                trials,
                pruned.relevance(),
                pruned.maskResults(),
                pruned.ablations(),
                delivery.before(),
                delivery.after());
        return new PrunedNetwork(learned, delivery.sparse(), pruned.gates());
    }

    /** What a search varies has the names of configuration keys. */
    private static Map<String, String> ofParams(Map<String, String> tried) {
        Map<String, String> named = new HashMap<>();
        tried.forEach((key, value) -> {
            String name = Words.ofParams(key);
            if (!name.equals(key) || !named.containsKey(name)) {
                named.put(name, value);
            }
        });
        return named;
    }

    /** Files that {@link #read} makes the same of. */
    Map<String, byte[]> files() {
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        gates.forEach(
                units -> arrays.put(units.layer() + "." + units.parameter(), Tensor.of(units.values(), units.shape())));
        return Map.of(LEARNED, Saved.json(learned), NETWORK, networkFile(), GATES, bytes(new Safetensors(arrays)));
    }

    /** The network as {@code jobs/prune.sh} leaves it too. */
    byte[] networkFile() {
        return bytes(SparseFile.of(network));
    }

    private static byte[] bytes(Safetensors file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            file.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads {@link #files}.
     *
     * @throws UserError if they are not what they should be, or do not belong together
     */
    static PrunedNetwork read(Saved.Files files, String path) {
        Learned learned = Saved.json(files.apply(LEARNED), Learned.class, path);
        SparseNetwork network = network(files.apply(NETWORK), path + "/" + NETWORK);
        List<UnitGates> gates = new ArrayList<>();
        arrays(files.apply(GATES), path + "/" + GATES).tensors().forEach((name, tensor) -> {
            int dot = Math.max(0, name.lastIndexOf('.'));
            gates.add(new UnitGates(name.substring(0, dot), name.substring(dot + 1), tensor.shape(), tensor.floats()));
        });
        try {
            return new PrunedNetwork(learned, network, gates);
        } catch (IllegalArgumentException e) {
            throw new UserError(path + ": its files belong to different models: " + e.getMessage(), e);
        }
    }

    /**
     * The network of a file.
     *
     * @throws UserError if there is none in it
     */
    static SparseNetwork network(byte[] file, String name) {
        return SparseFile.read(arrays(file, name), name);
    }

    private static Safetensors arrays(byte[] file, String name) {
        try {
            return Safetensors.read(new ByteArrayInputStream(file), file.length, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TrialResult trial() {
        return learned.trials().get(learned.trials().size() - 1);
    }

    Dataset<Row> relevanceTable() {
        return Tables.relevance(learned.relevance()).on(SparkSession.active());
    }

    Dataset<Row> masksTable() {
        return Tables.masks(learned.masks()).on(SparkSession.active());
    }

    Dataset<Row> gatesTable() {
        return UnitGateTable.of(gates, learned.masks()).on(SparkSession.active());
    }

    Dataset<Row> ablationsTable() {
        return Tables.ablations(learned.ablations()).on(SparkSession.active());
    }

    Dataset<Row> trialsTable() {
        return Tables.trials(learned.trials()).on(SparkSession.active());
    }

    String summary() {
        return PruneReport.of(
                trial(), learned.found(), learned.relevance(), learned.ablations(), learned.before(), learned.after());
    }

    /** Numbers that the network still looks at, of those in a vector. */
    int[] usedFeatures() {
        boolean columns = learned.encoder().schema().features().stream().allMatch(feature -> feature.width() == 1);
        Check.that(columns, "features", "numbers", "categories");
        return IntStream.of(network.inputs())
                .map(input -> learned.places()[input])
                .toArray();
    }
}
