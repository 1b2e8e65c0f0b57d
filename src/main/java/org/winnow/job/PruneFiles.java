package org.winnow.job;

import com.univocity.parsers.csv.CsvWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.winnow.data.Encoder;
import org.winnow.data.EncoderJson;
import org.winnow.data.LoadedData;
import org.winnow.file.Manifest;
import org.winnow.layer.NetworkStates;
import org.winnow.model.LayerCost;
import org.winnow.model.NetworkState;
import org.winnow.model.Served;
import org.winnow.model.TrialResult;
import org.winnow.prune.Pruned;
import org.winnow.report.PruneReport;
import org.winnow.serve.SparseFile;
import org.winnow.serve.Speed;
import org.winnow.surgery.Delivery;
import org.winnow.surgery.LayerSpeeds;
import org.winnow.table.Tables;

/**
 * The files of a pruning: {@code relevance/}, {@code masks/}, {@code trials/}, {@code ablations/}, {@code layers.csv},
 * {@code serving.csv}, {@code report.txt}, {@code model/}.
 */
record PruneFiles(OutputFolder output, LoadedData data, double measureSeconds) {
    private static final String MODEL = SelectionFiles.MODEL + "/";
    private static final double SHARE_OF_A_LAYER = 1.0 / 6;

    /** What a run leaves, and a new one may replace. */
    static final ResultFolder RESULTS = new ResultFolder(
            "prune",
            List.of("layers.csv", "relevance"),
            Set.of(
                    "relevance",
                    "masks",
                    "trials",
                    "ablations",
                    "progress.jsonl",
                    "layers.csv",
                    "serving.csv",
                    "report.txt",
                    SelectionFiles.MODEL,
                    ResultFolder.PAGE,
                    ResultFolder.PLOTS,
                    Manifest.NAME));

    /** Writes all of them; returns the report. */
    String write(Pruned pruned, Delivery delivery) throws IOException {
        double ofALayer = measureSeconds * SHARE_OF_A_LAYER;
        output.table("relevance", Tables.relevance(pruned.relevance()));
        output.table("masks", Tables.masks(pruned.maskResults()));
        List<TrialResult> trials = new ArrayList<>(pruned.tries());
        trials.add(pruned.trial());
        output.table("trials", Tables.trials(trials));
        if (!pruned.ablations().isEmpty()) {
            output.table("ablations", Tables.ablations(pruned.ablations()));
        }
        output.write(
                "layers.csv",
                layers(
                        delivery,
                        LayerSpeeds.of(pruned.dense(), data.encoder().schema().inputs(), ofALayer),
                        LayerSpeeds.of(delivery.sparse(), ofALayer)));
        List<Served> served = models(pruned, delivery);
        output.write("serving.csv", serving(served));
        String report = PruneReport.of(
                pruned.trial(),
                pruned.found(),
                pruned.relevance(),
                pruned.ablations(),
                delivery.before(),
                delivery.after(),
                served,
                delivery.difference(),
                data.baseline());
        output.write("report.txt", report);
        return report;
    }

    /** Writes the networks; measures them, and that before pruning. */
    private List<Served> models(Pruned pruned, Delivery delivery) throws IOException {
        Encoder encoder = data.encoder();
        int[] inputs = delivery.inputs();
        int width = encoder.schema().inputs();
        Encoder narrow = inputs.length == width
                ? encoder
                : encoder.keep(Arrays.stream(inputs).boxed().toList());
        output.write(MODEL + SelectionFiles.ENCODER, EncoderJson.write(narrow));
        write(MODEL + SelectionFiles.NETWORK, bytes(delivery.compact()));
        write(MODEL + "masked.zip", bytes(pruned.masked()));
        ByteArrayOutputStream sparse = new ByteArrayOutputStream();
        SparseFile.of(delivery.sparse()).write(sparse);
        write(MODEL + "sparse.safetensors", sparse.toByteArray());
        output.seal(SelectionFiles.MODEL, SelectionFiles.MODEL);
        return List.of(
                served("dense", Delivery.answers(pruned.dense(), width), width, bytes(pruned.dense()).length),
                served(
                        "compact",
                        Delivery.answers(delivery.compact(), inputs.length),
                        inputs.length,
                        bytes(delivery.compact()).length),
                served("sparse", delivery.sparse()::answer, width, sparse.size()));
    }

    private Served served(String name, UnaryOperator<float[]> answers, int width, long bytes) {
        Speed speed = Speed.of(answers, Delivery.randomRows(width), width, measureSeconds);
        return new Served(name, speed.rowsPerSecond(), speed.latencyMicros(), bytes);
    }

    private static byte[] bytes(NetworkState network) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        NetworkStates.write(network, bytes);
        return bytes.toByteArray();
    }

    private void write(String name, byte[] bytes) throws IOException {
        try (OutputStream out = output.create(name)) {
            out.write(bytes);
        }
    }

    private static String layers(Delivery delivery, List<Speed> speedsBefore, List<Speed> speeds) {
        StringWriter text = new StringWriter();
        CsvWriter csv = CsvOutput.writer(text);
        csv.writeHeaders(
                "layer",
                "weights",
                "kept",
                "inputs_before",
                "inputs",
                "units_before",
                "units",
                "flops_before",
                "flops",
                "bytes_before",
                "bytes",
                "latency_micros_before",
                "latency_micros",
                "rows_per_second_before",
                "rows_per_second");
        for (int i = 0; i < delivery.before().size(); i++) {
            LayerCost before = delivery.before().get(i);
            LayerCost after = delivery.after().get(i);
            csv.writeRow(
                    before.layer(),
                    before.weights(),
                    after.kept(),
                    before.inputs(),
                    after.inputs(),
                    before.units(),
                    after.units(),
                    before.flops(),
                    after.flops(),
                    before.bytes(),
                    after.bytes(),
                    speedsBefore.get(i).latencyMicros(),
                    speeds.get(i).latencyMicros(),
                    speedsBefore.get(i).rowsPerSecond(),
                    speeds.get(i).rowsPerSecond());
        }
        csv.close();
        return text.toString();
    }

    private static String serving(List<Served> networks) {
        StringWriter text = new StringWriter();
        CsvWriter csv = CsvOutput.writer(text);
        csv.writeHeaders("network", "rows_per_second", "latency_micros", "bytes");
        networks.forEach(served ->
                csv.writeRow(served.network(), served.rowsPerSecond(), served.latencyMicros(), served.bytes()));
        csv.close();
        return text.toString();
    }
}
