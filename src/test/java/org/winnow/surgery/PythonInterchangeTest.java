package org.winnow.surgery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.kernel.Elements;
import org.winnow.safetensors.Safetensors;
import org.winnow.safetensors.Tensor;
import org.winnow.serve.SparseFile;
import org.winnow.sparsifier.Annealing;
import org.winnow.sparsifier.FixedMask;
import org.winnow.sparsifier.GatedWeights;
import org.winnow.sparsifier.Lasso;
import org.winnow.sparsifier.MaskOptions;
import org.winnow.sparsifier.Sparsifier;

/** Both ways between here and the safetensors and numpy of PyPI; {@code .ci/interchange.sh} runs it. */
class PythonInterchangeTest {
    private static final Map<String, String> MODULES = Map.of("fc", "0", "out", "2");
    private static final int ROWS = 7;
    private static final double TOLERANCE = 1e-6;

    @TempDir
    Path folder;

    @BeforeEach
    void writeRows() throws IOException {
        assumeTrue(
                !python().isEmpty(),
                "runs with -Dwinnow.python=PYTHON, one that has the packages safetensors and numpy");
        MultiLayerNetwork masked = masked();
        write("x", new Safetensors(Map.of("x", tensor(rows()), "masked", tensor(masked.output(rows())))));
    }

    private static String python() {
        return System.getProperty("winnow.python", "");
    }

    private static INDArray rows() {
        return StockNetworks.normal(2, ROWS, 4).castTo(DataType.FLOAT);
    }

    private static MultiLayerNetwork dense() {
        MultiLayerNetwork network = new MultiLayerNetwork(StockNetworks.settings()
                .dataType(DataType.FLOAT)
                .list()
                .layer(StockNetworks.dense("fc", 5))
                .layer(StockNetworks.output("out", 3))
                .setInputType(InputType.feedForward(4))
                .build());
        network.init();
        network.params().addi(StockNetworks.normal(9, network.params().shape()).mul(0.3));
        return network;
    }

    private static MultiLayerNetwork sparse(Sparsifier sparsifier) {
        return new Conversion(LayerChoice.matching(".*"), sparsifier, 0)
                .convert(dense())
                .network();
    }

    private static MultiLayerNetwork masked() {
        Map<String, INDArray> masks = new LinkedHashMap<>();
        NetworkLayers.of(dense()).state().arrays().forEach((name, array) -> {
            if (name.endsWith(".weight")) {
                masks.put(name, Elements.map(StockNetworks.normal(5, array.shape()), x -> x > 0 ? 1 : 0));
            }
        });
        return Masks.deploy(sparse(new Lasso()), new State(masks)).network();
    }

    private static Tensor tensor(INDArray array) {
        return Tensor.of(array.dup('c').data().asFloat(), array.shape());
    }

    private void write(String name, Safetensors file) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(name + ".safetensors"))) {
            file.write(out);
        }
    }

    private Safetensors read(String name) throws IOException {
        return Safetensors.read(folder.resolve(name + ".safetensors"));
    }

    private void run(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(python(), ".ci/interchange.py", command, folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    @Test
    void whatIsWrittenHereAnswersThere() throws IOException, InterruptedException {
        MultiLayerNetwork masked = masked();
        write("pytorch", new Interchange(Dialect.PYTORCH, MODULES).write(NetworkLayers.of(masked)));
        write("cplxmodule", new Interchange(Dialect.CPLXMODULE, MODULES).write(NetworkLayers.of(masked)));
        write("neurosurgeon", new Interchange(Dialect.NEUROSURGEON, MODULES).write(NetworkLayers.of(masked)));
        write("sparse", SparseFile.of(SparseExport.of(masked)));
        run("read");
    }

    @Test
    void whatIsWrittenThereAnswersHere() throws IOException, InterruptedException {
        run("write");
        answersAlike(Dialect.PYTORCH, "pytorch", dense());
        answersAlike(Dialect.CPLXMODULE, "cplxmodule", sparse(new FixedMask()));
        answersAlike(
                Dialect.NEUROSURGEON,
                "neurosurgeon",
                sparse(GatedWeights.continuousSparsification(0, Annealing.NONE, new MaskOptions())));
        answersAlike(Dialect.NEUROSURGEON, "neurosurgeon", sparse(new FixedMask()));
        Safetensors types = read("types");
        assertEquals(14, types.tensors().size());
        types.tensors().forEach((name, tensor) -> {
            if (tensor.length() == 4) {
                assertArrayEquals(new double[] {0, 1, 1, 0}, tensor.doubles(), name);
            }
        });
        assertArrayEquals(new double[] {2.5}, types.get("one").doubles());
    }

    private void answersAlike(Dialect dialect, String name, MultiLayerNetwork network) throws IOException {
        new Interchange(dialect, MODULES).load(read(name + "-there"), name, NetworkLayers.of(network), true);
        assertArrayEquals(read(name + "-answers").get("y").doubles(), Elements.read(network.output(rows())), TOLERANCE);
    }
}
