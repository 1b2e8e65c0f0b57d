package org.winnow.job;

import com.univocity.parsers.csv.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import org.winnow.data.EncoderJson;
import org.winnow.file.Manifest;
import org.winnow.layer.NetworkStates;
import org.winnow.model.FeatureResult;
import org.winnow.select.Selection;
import org.winnow.table.Tables;

/** The files of a selection: {@code features.csv}, {@code gates/}, {@code trials/}, {@code model/}. */
final class SelectionFiles {
    static final String NETWORK = "network.zip";
    static final String ENCODER = "encoder.json";
    static final String MODEL = "model";
    private static final String RANKS = "ranks";
    private static final String SIZES = "sizes";

    /** What a run leaves, and a new one may replace. */
    static final ResultFolder RESULTS = new ResultFolder(
            "select",
            List.of("features.csv", "trials"),
            Set.of(
                    "features.csv",
                    "gates",
                    "trials",
                    RANKS,
                    SIZES,
                    MODEL,
                    "progress.jsonl",
                    ResultFolder.PAGE,
                    ResultFolder.PLOTS,
                    Manifest.NAME));

    private SelectionFiles() {}

    static void write(OutputFolder output, Selection selection) throws IOException {
        output.write("features.csv", csv(selection.features()));
        output.table("gates", Tables.gates(selection.gates()));
        output.table("trials", Tables.trials(List.of(selection.trial())));
        if (selection.isRanked()) {
            output.table(RANKS, Tables.ranks(selection.trial().trialId(), selection.features()));
        }
        if (!selection.sizes().isEmpty()) {
            output.table(SIZES, Tables.sizes(selection.sizes()));
        }
        output.write(MODEL + "/" + ENCODER, EncoderJson.write(selection.encoder()));
        try (OutputStream out = output.create(MODEL + "/" + NETWORK)) {
            NetworkStates.write(selection.network(), out);
        }
        output.seal(MODEL, MODEL);
    }

    static String csv(List<FeatureResult> features) {
        StringWriter text = new StringWriter();
        CsvWriter csv = CsvOutput.writer(text);
        csv.writeHeaders(
                "rank",
                "name",
                "value",
                "raw_value",
                "active_probability",
                "shard_std",
                "p_value",
                "q_value",
                "gain",
                "gain_std",
                "rank_lowest",
                "rank_highest",
                "alike",
                "selected");
        for (FeatureResult f : features) {
            csv.writeRow(
                    f.rank(),
                    f.name(),
                    f.value(),
                    known(f.rawValue()),
                    known(f.activeProbability()),
                    known(f.shardStd()),
                    known(f.pValue()),
                    known(f.qValue()),
                    known(f.standing().gain()),
                    known(f.standing().gainStd()),
                    f.standing().known() ? f.standing().lowest() : "",
                    f.standing().known() ? f.standing().highest() : "",
                    String.join(" ", f.standing().alike()),
                    f.selected());
        }
        csv.close();
        return text.toString();
    }

    private static Object known(double number) {
        return Double.isNaN(number) ? "" : number;
    }
}
