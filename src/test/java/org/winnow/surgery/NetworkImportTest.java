package org.winnow.surgery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.winnow.layer.NetworkStates;
import org.winnow.model.NetworkState;
import org.winnow.model.Normaliser;
import org.winnow.model.SavedNetwork;

/** Networks that others saved answer here what they answered there. */
class NetworkImportTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static SavedNetwork file(String name) throws IOException {
        try (InputStream in = NetworkImportTest.class.getResourceAsStream("/nets/" + name)) {
            return NetworkImport.read(Objects.requireNonNull(in));
        }
    }

    private static byte[] zip(Model network) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, bytes, true);
        return bytes.toByteArray();
    }

    private static SavedNetwork read(byte[] zip) throws IOException {
        return NetworkImport.read(new ByteArrayInputStream(zip));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = NetworkImportTest.class.getResourceAsStream("/nets/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static MultiLayerNetwork original(byte[] zip) throws IOException {
        return ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(zip), false);
    }

    /** The network reads as one that answers as it did, and can be made small. */
    private static SavedNetwork assertAnswersAsBefore(byte[] zip, int width) throws IOException {
        SavedNetwork saved = read(zip);
        float[] rows = Delivery.randomRows(width);
        INDArray batch = org.nd4j.linalg.factory.Nd4j.create(rows, new long[] {rows.length / width, width}, 'c');
        MultiLayerNetwork before = original(zip);
        float[] expected = before.output(batch.castTo(before.params().dataType()), false)
                .castTo(DataType.FLOAT)
                .dup('c')
                .data()
                .asFloat();
        assertArrayEquals(expected, Delivery.answers(saved.network(), width).apply(rows), 2e-4f);
        MultiLayerNetwork now = NetworkStates.restore(saved.network());
        assertArrayEquals(expected, SparseExport.of(now).answer(rows), 2e-4f);
        return saved;
    }

    @Test
    void filesThatPeopleHaveAreRead() throws IOException {
        assertEquals(List.of(), assertAnswersAsBefore(resource("plain.zip"), 6).notes());
        assertEquals(
                List.of(), assertAnswersAsBefore(resource("actlayer.zip"), 6).notes());
        assertEquals(
                List.of("BatchNormalization layer1 became part of the weights of layer2"),
                assertAnswersAsBefore(resource("batchnorm.zip"), 6).notes());
        assertEquals(
                List.of("numbers of the type DOUBLE became 32-bit floats"),
                assertAnswersAsBefore(resource("double.zip"), 6).notes());
        assertEquals(
                List.of("layer layer0 was frozen, and learns here"),
                assertAnswersAsBefore(resource("frozen.zip"), 6).notes());
    }

    @Test
    void layerNormalisationIsRefusedByName() throws IOException {
        NetworkState network = file("layernorm.zip").network();
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> Delivery.requirePossible(network));
        assertTrue(
                String.valueOf(error.getMessage())
                        .startsWith("layer layer0 must be a dense layer without layer normalisation"),
                error.getMessage());
        assertTrue(
                String.valueOf(error.getMessage()).endsWith("got DenseLayer with layer normalisation"),
                error.getMessage());
    }

    private static NeuralNetConfiguration.Builder settings() {
        return new NeuralNetConfiguration.Builder()
                .seed(3)
                .activation(Activation.TANH)
                .updater(new Adam(0.01));
    }

    private static MultiLayerNetwork made(InputType input, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = settings().list();
        Arrays.stream(layers).forEach(list::layer);
        MultiLayerNetwork network =
                new MultiLayerNetwork(list.setInputType(input).build());
        network.init();
        network.params()
                .addi(StockNetworks.normal(9, network.params().shape())
                        .castTo(DataType.FLOAT)
                        .mul(0.3));
        for (org.deeplearning4j.nn.api.Layer layer : network.getLayers()) {
            if (layer.paramTable() != null && layer.paramTable().containsKey("var")) {
                layer.paramTable().get("var").assign(0.7);
            }
        }
        return network;
    }

    private static DenseLayer dense(int out, Activation activation, boolean bias) {
        return new DenseLayer.Builder()
                .nOut(out)
                .activation(activation)
                .hasBias(bias)
                .build();
    }

    private static OutputLayer output() {
        return StockNetworks.output("out", 2);
    }

    private static BatchNormalization norm(boolean logStd) {
        return new BatchNormalization.Builder().useLogStd(logStd).build();
    }

    @Test
    void batchNormalisationsBecomePartOfWeights() throws IOException {
        InputType flat = InputType.feedForward(4);
        for (boolean logStd : new boolean[] {false, true}) {
            for (boolean bias : new boolean[] {false, true}) {
                MultiLayerNetwork before = made(
                        flat,
                        dense(5, Activation.IDENTITY, bias),
                        new DropoutLayer(0.5),
                        norm(logStd),
                        new ActivationLayer(Activation.RELU),
                        output());
                assertAnswersAsBefore(zip(before), 4);
                MultiLayerNetwork after =
                        made(flat, norm(logStd), norm(logStd), dense(5, Activation.RELU, bias), output());
                SavedNetwork saved = assertAnswersAsBefore(zip(after), 4);
                assertEquals(2, saved.notes().size());
            }
        }
        MultiLayerNetwork two = made(
                flat,
                dense(5, Activation.IDENTITY, false),
                norm(true),
                norm(false),
                new ActivationLayer(Activation.TANH),
                output());
        assertEquals(2, assertAnswersAsBefore(zip(two), 4).notes().size());
        BatchNormalization locked =
                new BatchNormalization.Builder(true).gamma(1.5).beta(-0.25).build();
        assertAnswersAsBefore(zip(made(flat, dense(5, Activation.RELU, true), locked, output())), 4);
    }

    @Test
    void thoseOfChannelsAreFoldedThroughFlattening() throws IOException {
        MultiLayerNetwork network = made(
                InputType.convolutionalFlat(6, 5, 2),
                norm(false),
                new ConvolutionLayer.Builder(2, 3)
                        .nOut(3)
                        .activation(Activation.IDENTITY)
                        .build(),
                norm(true),
                new ActivationLayer(Activation.RELU),
                new ConvolutionLayer.Builder(2, 2)
                        .nOut(4)
                        .activation(Activation.RELU)
                        .build(),
                norm(false),
                dense(5, Activation.RELU, true),
                output());
        assertEquals(3, assertAnswersAsBefore(zip(network), 60).notes().size());
    }

    @Test
    void normalisationsWithoutAPlaceAreRefusedByName() throws IOException {
        byte[] pooled = zip(made(
                InputType.convolutionalFlat(6, 6, 1),
                new ConvolutionLayer.Builder(3, 3)
                        .nOut(2)
                        .activation(Activation.RELU)
                        .build(),
                new BatchNormalization.Builder().name("norm").build(),
                new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build(),
                output()));
        assertRefused(pooled, "layer norm must be right after a layer with identity activation, or right before");
        byte[] padded = zip(made(
                InputType.convolutionalFlat(6, 6, 1),
                new BatchNormalization.Builder().name("norm").build(),
                new ConvolutionLayer.Builder(3, 3)
                        .name("conv")
                        .nOut(2)
                        .padding(1, 1)
                        .build(),
                output()));
        assertRefused(padded, "layer conv must be without padding");
    }

    private static void assertRefused(byte[] zip, String message) {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> read(zip));
        assertTrue(String.valueOf(error.getMessage()).contains(message), error.getMessage());
    }

    @Test
    void frozenLayersOfEitherKindAreUnwrapped() throws IOException {
        MultiLayerNetwork network = made(
                InputType.feedForward(4),
                new FrozenLayer(dense(5, Activation.RELU, true)),
                new FrozenLayerWithBackprop(dense(3, Activation.RELU, true)),
                output());
        SavedNetwork saved = assertAnswersAsBefore(zip(network), 4);
        assertEquals(
                2,
                saved.notes().stream()
                        .filter(note -> note.contains("was frozen"))
                        .count());
    }

    @Test
    void dropoutBeforeAllLayersIsThatOfTheFirst() throws IOException {
        byte[] zip = zip(made(
                InputType.feedForward(4),
                norm(false),
                new DropoutLayer(0.8),
                dense(5, Activation.RELU, true),
                new DropoutLayer(0.5),
                output()));
        SavedNetwork saved = assertAnswersAsBefore(zip, 4);
        assertEquals(new Dropout(0.8), layer(saved, 0).getIDropout());
        BatchNormalization dropping = norm(false);
        dropping.setIDropout(new Dropout(0.5));
        MultiLayerNetwork with = made(InputType.feedForward(4), dropping, dense(5, Activation.RELU, true), output());
        assertEquals(
                List.of(
                        "BatchNormalization layer0 became part of the weights of layer1; the dropout of its inputs went with it"),
                assertAnswersAsBefore(zip(with), 4).notes());
        assertEquals(
                "carried: dropout of inputs with probability 0.2 of layer2",
                saved.notes().get(1));
    }

    @Test
    void whatTrainingGoesOnWithIsSaid() throws IOException {
        NeuralNetConfiguration.ListBuilder layers = settings()
                .weightDecay(0.01)
                .dropOut(0.75)
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .list()
                .layer(new DenseLayer.Builder().nOut(3).build())
                .layer(output());
        MultiLayerNetwork network = new MultiLayerNetwork(
                layers.setInputType(InputType.feedForward(4)).build());
        network.init();
        assertEquals(
                List.of(
                        "carried: dropout of inputs with probability 0.25 of layer0, out",
                        "carried: weight decay 0.01 (2 times) of layer0, out",
                        "carried: ClipL2PerLayer at 1.0 of layer0, out"),
                assertAnswersAsBefore(zip(network), 4).notes());
    }

    @Test
    void leakyRectifiersKeepTheirSlope() throws IOException {
        MultiLayerNetwork network = made(
                InputType.feedForward(4),
                new DenseLayer.Builder()
                        .nOut(5)
                        .activation(new ActivationLReLU(0.3))
                        .build(),
                new ActivationLayer(new ActivationLReLU(0.05)),
                output());
        assertAnswersAsBefore(zip(network), 4);
    }

    @Test
    void whatCannotBeCarriedIsNamed() throws IOException {
        InputType flat = InputType.feedForward(4);
        assertRefused(
                zip(made(
                        flat,
                        new DenseLayer.Builder()
                                .name("fc")
                                .nOut(3)
                                .constrainWeights(new MaxNormConstraint(1, 1))
                                .build(),
                        output())),
                "layer fc must be without constraints");
        assertRefused(
                zip(made(
                        flat,
                        new DenseLayer.Builder()
                                .name("fc")
                                .nOut(3)
                                .weightNoise(new DropConnect(0.5))
                                .build(),
                        output())),
                "layer fc must be without noise on its weights");
        assertRefused(zip(StockNetworks.graph()), "must be a MultiLayerNetwork, got a ComputationGraph");
        assertImpossible(
                made(
                        flat,
                        dense(3, Activation.RELU, true),
                        new PReLULayer.Builder().name("act").inputShape(3).build(),
                        output()),
                "layer act must be a dense layer",
                "got PReLULayer");
        assertImpossible(
                made(flat, dense(3, Activation.RRELU, true), output()),
                "activation of layer layer0 must be LEAKYRELU, or one of",
                "got rrelu");
        assertImpossible(
                made(
                        InputType.recurrent(4, 3),
                        new LSTM.Builder().name("lstm").nOut(3).build(),
                        new RnnOutputLayer.Builder(LossFunction.MCXENT)
                                .nOut(2)
                                .activation(Activation.SOFTMAX)
                                .build()),
                "layer lstm must be a dense layer",
                "got LSTM");
    }

    private static void assertImpossible(MultiLayerNetwork network, String... parts) throws IOException {
        NetworkState state = read(zip(network)).network();
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> Delivery.requirePossible(state));
        for (String part : parts) {
            assertTrue(String.valueOf(error.getMessage()).contains(part), error.getMessage());
        }
    }

    /** A zip with another entry in the place of one, or beside. */
    private static byte[] with(byte[] zip, String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(zip));
                ZipOutputStream to = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                if (!entry.getName().equals(name)) {
                    to.putNextEntry(new ZipEntry(entry.getName()));
                    from.transferTo(to);
                }
            }
            to.putNextEntry(new ZipEntry(name));
            to.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] zipEntry(byte[] zip, String name) throws IOException {
        try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                if (entry.getName().equals(name)) {
                    return from.readAllBytes();
                }
            }
        }
        throw new IOException("no " + name);
    }

    /** A zip with its configuration changed layer by layer: what is around a layer, and the layer. */
    private static byte[] rewritten(byte[] zip, Consumer<ObjectNode> change) throws IOException {
        ObjectNode root = (ObjectNode) JSON.readTree(zipEntry(zip, "configuration.json"));
        root.get("confs").forEach(conf -> change.accept((ObjectNode) conf));
        return with(zip, "configuration.json", root.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static BaseLayer layer(SavedNetwork saved, int at) {
        return (BaseLayer)
                NetworkStates.restore(saved.network()).getLayer(at).conf().getLayer();
    }

    @Test
    void decayOfBeta3IsATermOfTheLoss() throws IOException {
        SavedNetwork saved = read(rewritten(resource("plain.zip"), conf -> {
            ObjectNode layer = (ObjectNode) conf.get("layer");
            layer.remove(List.of("regularization", "regularizationBias"));
            layer.put("l1", "NaN").put("l2", 0.001).put("l1Bias", 0.0).put("l2Bias", 0.0);
        }));
        assertEquals(List.of(new L2Regularization(0.001)), layer(saved, 0).getRegularization());
        assertEquals(List.of(), layer(saved, 0).getRegularizationBias());
        assertEquals(List.of("carried: l2 0.001 of layer0, layer1"), saved.notes());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void decayAndDropoutOf091AreCarried(boolean useRegularization) throws IOException {
        SavedNetwork saved = read(rewritten(resource("plain.zip"), conf -> as091(conf, useRegularization)));
        assertEquals(new Dropout(0.8), layer(saved, 0).getIDropout());
        List<String> notes = useRegularization
                ? List.of(
                        "carried: dropout of inputs with probability 0.2 of layer0, layer1",
                        "carried: l2 0.01 of layer0, layer1")
                : List.of("carried: dropout of inputs with probability 0.2 of layer0, layer1");
        assertEquals(notes, saved.notes());
        assertEquals(
                useRegularization ? List.of(new L2Regularization(0.01)) : List.of(),
                layer(saved, 0).getRegularization());
        assertArrayEquals(
                file("plain.zip").network().parameters(), saved.network().parameters());
    }

    /** As 0.9.1 writes: an object named by the type around each layer and function, decay and dropout as numbers. */
    private static void as091(ObjectNode conf, boolean useRegularization) {
        ObjectNode layer = (ObjectNode) conf.remove("layer");
        boolean output = layer.has("lossFn");
        layer.remove(List.of(
                "@class",
                "regularization",
                "regularizationBias",
                "idropout",
                "weightNoise",
                "constraints",
                "gainInit",
                "hasLayerNorm",
                "weightInitFn",
                "timeDistributedFormat",
                "activationFn"));
        layer.putObject("activationFn").putObject(output ? "Softmax" : "ReLU");
        if (output) {
            layer.putObject("lossFn").putObject("MCXENT");
        }
        layer.put("weightInit", "XAVIER")
                .put("l1", 0.0)
                .put("l2", 0.01)
                .put("l1Bias", 0.0)
                .put("l2Bias", 0.0);
        layer.put("dropOut", 0.8);
        conf.put("useRegularization", useRegularization).put("useDropConnect", false);
        conf.putObject("layer").set(output ? "output" : "dense", layer);
    }

    @Test
    void dropConnectOf091IsRefused() throws IOException {
        byte[] zip = rewritten(resource("plain.zip"), conf -> {
            as091(conf, true);
            conf.put("useDropConnect", true);
        });
        assertRefused(zip, "layer layer0 must be without noise on its weights");
    }

    @Test
    void normalisersAreReadAsNd4jUsesThem() throws IOException {
        INDArray rows =
                StockNetworks.normal(5, 20, 6).castTo(DataType.FLOAT).mul(3).addi(7);
        rows.putColumn(2, rows.getColumn(2).mul(0)); // One that does not vary.
        INDArray labels = StockNetworks.normal(6, 20, 1).castTo(DataType.FLOAT).mul(40);
        DataSet data = new DataSet(rows, labels);
        NormalizerStandardize standardise = new NormalizerStandardize();
        NormalizerMinMaxScaler minMax = new NormalizerMinMaxScaler(-1, 3);
        for (var normaliser : List.of(standardise, minMax)) {
            normaliser.fitLabel(true);
            normaliser.fit(data);
            Normaliser read = normaliser(normaliser);
            DataSet normalised = data.copy();
            normaliser.transform(normalised);
            assertEquals(normaliser.getClass().getSimpleName(), read.kind());
            assertApplied(read.shift(), read.scale(), rows, normalised.getFeatures());
            assertApplied(read.labelShift(), read.labelScale(), labels, normalised.getLabels());
        }
        ImagePreProcessingScaler image = new ImagePreProcessingScaler(-1, 1);
        INDArray pixels = rows.dup();
        image.preProcess(new DataSet(pixels, null));
        Normaliser read = normaliser(image);
        double[] shift = new double[6];
        double[] scale = new double[6];
        Arrays.fill(shift, read.shift()[0]);
        Arrays.fill(scale, read.scale()[0]);
        assertApplied(shift, scale, rows, pixels);
    }

    private static Normaliser normaliser(org.nd4j.linalg.dataset.api.preprocessor.Normalizer<?> normaliser)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer.getDefault()
                    .write(normaliser, bytes);
        } catch (Exception e) {
            throw new IOException(e);
        }
        SavedNetwork saved = read(with(resource("plain.zip"), "normalizer.bin", bytes.toByteArray()));
        return Objects.requireNonNull(saved.normaliser());
    }

    private static void assertApplied(double[] shift, double[] scale, INDArray given, INDArray expected) {
        for (int row = 0; row < given.rows(); row++) {
            for (int column = 0; column < given.columns(); column++) {
                double value = (given.getDouble(row, column) - shift[column]) / scale[column];
                assertEquals(expected.getDouble(row, column), value, 1e-4 * (1 + Math.abs(value)));
            }
        }
    }

    @Test
    void otherNormalisersAreRefusedByName() throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(header)) {
            out.writeUTF("NORMALIZER");
            out.writeInt(1);
            out.writeUTF("IMAGE_VGG16");
        }
        IOException error = assertThrows(
                IOException.class, () -> read(with(resource("plain.zip"), "normalizer.bin", header.toByteArray())));
        assertTrue(
                String.valueOf(error.getMessage()).contains("its normaliser is of the kind IMAGE_VGG16"),
                error.getMessage());
        assertRefused(with(resource("plain.zip"), "preprocessor.bin", new byte[9]), "must be without preprocessor.bin");
        IOException broken = assertThrows(
                IOException.class,
                () -> read(with(resource("plain.zip"), "normalizer.bin", new byte[] {0, 1, 'x', 0, 0, 0, 1})));
        assertTrue(String.valueOf(broken.getMessage()).contains("normalizer.bin"), broken.getMessage());
        byte[] whole = zipEntry(resource("minmax.zip"), "normalizer.bin");
        IOException cut = assertThrows(
                IOException.class, () -> read(with(resource("plain.zip"), "normalizer.bin", Arrays.copyOf(whole, 40))));
        assertTrue(String.valueOf(cut.getMessage()).contains("normalizer.bin ends too early"), cut.getMessage());
    }
}
