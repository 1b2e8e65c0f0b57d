package org.winnow.surgery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.SparkTest;
import org.winnow.kernel.Elements;
import org.winnow.model.MaskResult;
import org.winnow.operator.Unit;
import org.winnow.sparsifier.GatedWeights;
import org.winnow.sparsifier.MaskOptions;
import org.winnow.sparsifier.Masking;
import org.winnow.table.Tables;

class MaskRecordsTest {
    /** Gates on weights and biases, some open. */
    private static MultiLayerNetwork gated(Unit unit) {
        MultiLayerNetwork network = new Conversion(
                        LayerChoice.matching(".*"), GatedWeights.hardConcrete(0.5, new MaskOptions(unit, true)), 0.1)
                .convert(StockNetworks.images())
                .network();
        NetworkLayers.of(network).state().arrays().forEach((name, array) -> {
            if (name.endsWith("ate")) {
                array.assign(StockNetworks.normal(name.hashCode(), array.shape()));
            }
        });
        return network;
    }

    @Test
    void masksOfATableMakeTheSameNetwork(@TempDir Path folder) {
        List<MaskResult> rows = new ArrayList<>();
        List<State> masks = new ArrayList<>();
        MultiLayerNetwork network = gated(Unit.WEIGHT);
        for (double threshold : new double[] {0.3, Masking.HALF}) {
            State relevance = NetworkLayers.of(network).relevance(threshold);
            masks.add(relevance);
            rows.addAll(MaskRecords.of("trial", threshold, relevance));
        }
        String place = folder.resolve("masks").toString();
        Tables.masks(rows).on(SparkTest.session()).write().parquet(place);
        Dataset<Row> table = SparkTest.session().read().parquet(place);
        assertEquals(
                List.of("trial_id", "threshold", "layer", "parameter", "shape", "total", "kept", "encoding", "indices"),
                List.of(table.columns()));
        INDArray x = StockNetworks.inputs(StockNetworks.images());
        for (int i = 0; i < masks.size(); i++) {
            double threshold = i == 0 ? 0.3 : Masking.HALF;
            State again = MaskRecords.masks(table.where("threshold = " + threshold).collectAsList().stream()
                    .map(Tables::mask)
                    .toList());
            assertEquals(masks.get(i).arrays().keySet(), again.arrays().keySet());
            MultiLayerNetwork want = Masks.deploy(network, masks.get(i)).network();
            MultiLayerNetwork got = Masks.deploy(network, again).network();
            assertArrayEquals(Elements.read(want.output(x)), Elements.read(got.output(x)), 0);
            assertEquals(want.params(), got.params());
        }
    }

    @Test
    void masksOfNeuronsAreWrittenForEachWeight() {
        State relevance = NetworkLayers.of(gated(Unit.NEURON)).relevance(Masking.HALF);
        for (MaskResult row : MaskRecords.of("trial", Masking.HALF, relevance)) {
            INDArray mask = relevance.get(row.layer() + "." + row.parameter());
            assertEquals(mask.sumNumber().longValue(), row.kept());
            assertArrayEquals(mask.shape(), row.shape());
        }
    }

    @Test
    void otherNumbersAndTwoMasksForOneAreRefused() {
        State half = new State(Map.of("fc.weight", StockNetworks.normal(1, 2, 2)));
        refused("mask of fc.weight must be of 0 and 1, got ", () -> MaskRecords.of("t", 1, half));
        MaskResult row = MaskResult.of("t", 1, "fc", "weight", new long[] {1}, new boolean[1]);
        refused("masks must be of one trial and threshold, got two of", () -> MaskRecords.masks(List.of(row, row)));
    }

    private static void refused(String message, Runnable action) {
        String got = String.valueOf(
                assertThrows(IllegalArgumentException.class, action::run).getMessage());
        assertTrue(got.startsWith(message), got);
    }
}
