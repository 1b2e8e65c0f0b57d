package org.winnow.serve;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.winnow.check.Check;
import org.winnow.check.UserError;
import org.winnow.file.Damaged;
import org.winnow.file.StrictJson;
import org.winnow.kernel.SparseRows;
import org.winnow.safetensors.Safetensors;
import org.winnow.safetensors.Tensor;

/**
 * Sparse networks as safetensors. What the steps are is JSON, in the metadata under {@code network}. The arrays of step i
 * are {@code i.values} (F32) and {@code i.indices}, the columns of the entries, row after row; {@code i.counts}, the number
 * of entries of each row; and {@code i.bias} (F32). {@code inputs} lists the numbers of a row that are used. Whole numbers
 * have the smallest unsigned type that holds them all.
 */
public final class SparseFile {
    private static final int VERSION = 1;
    private static final String NETWORK = "network";
    private static final String INPUTS = "inputs";
    private static final String VALUES = ".values";
    private static final String INDICES = ".indices";
    private static final String COUNTS = ".counts";
    private static final String BIAS = ".bias";

    private SparseFile() {}

    private record Document(int version, int width, List<Description> steps) {}

    /** A step without its arrays. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Description.Linear.class, name = "linear"),
        @JsonSubTypes.Type(value = Description.Convolution.class, name = "convolution"),
        @JsonSubTypes.Type(value = Description.Pooling.class, name = "pooling"),
        @JsonSubTypes.Type(value = Description.Activation.class, name = "activation"),
        @JsonSubTypes.Type(value = Description.Leaky.class, name = "leaky")
    })
    private sealed interface Description {
        record Linear(int inputs) implements Description {}

        record Convolution(Grid grid) implements Description {}

        record Pooling(Grid grid, boolean mean) implements Description {}

        record Activation(Pointwise function, int numbers) implements Description {}

        record Leaky(double slope, int numbers) implements Description {}
    }

    /** A network as arrays by name. */
    public static Safetensors of(SparseNetwork network) {
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put(INPUTS, Tensor.unsigned(network.inputs()));
        List<Description> steps = new ArrayList<>();
        for (Step step : network.steps()) {
            String name = String.valueOf(steps.size());
            steps.add(describe(step));
            if (step instanceof LinearStep linear) {
                put(arrays, name, linear.weights(), linear.bias());
            } else if (step instanceof ConvolutionStep convolution) {
                put(arrays, name, convolution.weights(), convolution.bias());
            }
        }
        String json = StrictJson.write(new Document(VERSION, network.width(), steps));
        return new Safetensors(arrays, Map.of(NETWORK, json));
    }

    /** How many bytes the arrays of a step take in the file. */
    public static long bytes(SparseNetwork network, int step) {
        return of(network).tensors().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(step + "."))
                .mapToLong(entry -> entry.getValue().data().length)
                .sum();
    }

    /**
     * The network of a file.
     *
     * @param name of the file, for messages
     * @throws UserError if there is none in it
     */
    public static SparseNetwork read(Safetensors file, String name) {
        String json = file.metadata().get(NETWORK);
        if (json == null) {
            throw new UserError(name + " holds no sparse network: its metadata has no " + NETWORK);
        }
        try {
            Document document = StrictJson.read(json, Document.class);
            Check.that(document.version == VERSION, "version", String.valueOf(VERSION), document.version);
            List<Step> steps = new ArrayList<>();
            for (Description description : document.steps) {
                steps.add(step(description, file, String.valueOf(steps.size())));
            }
            return new SparseNetwork(document.width, file.get(INPUTS).ints(), steps);
        } catch (Damaged e) {
            throw new UserError(name + " holds no sparse network: " + e.getMessage(), e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new UserError(name + " holds no sparse network: " + e.getMessage(), e);
        }
    }

    private static Description describe(Step step) {
        if (step instanceof LinearStep linear) {
            return new Description.Linear(linear.inputs());
        }
        if (step instanceof ConvolutionStep convolution) {
            return new Description.Convolution(convolution.grid());
        }
        if (step instanceof PoolingStep pooling) {
            return new Description.Pooling(pooling.grid(), pooling.mean());
        }
        if (step instanceof LeakyStep leaky) {
            return new Description.Leaky(leaky.slope(), leaky.inputs());
        }
        PointwiseStep pointwise = (PointwiseStep) step;
        return new Description.Activation(pointwise.function(), pointwise.inputs());
    }

    private static Step step(Description description, Safetensors file, String name) {
        if (description instanceof Description.Linear linear) {
            return new LinearStep(
                    weights(file, name, linear.inputs), file.get(name + BIAS).floats());
        }
        if (description instanceof Description.Convolution convolution) {
            int columns = Math.multiplyExact(convolution.grid.channels(), convolution.grid.positions());
            return new ConvolutionStep(
                    convolution.grid,
                    weights(file, name, columns),
                    file.get(name + BIAS).floats());
        }
        if (description instanceof Description.Pooling pooling) {
            return new PoolingStep(pooling.grid, pooling.mean);
        }
        if (description instanceof Description.Leaky leaky) {
            return new LeakyStep(leaky.slope, leaky.numbers);
        }
        Description.Activation activation = (Description.Activation) description;
        return new PointwiseStep(activation.function, activation.numbers);
    }

    private static void put(Map<String, Tensor> arrays, String name, SparseRows weights, float[] bias) {
        int[] counts = new int[weights.rows()];
        Arrays.setAll(counts, row -> weights.starts()[row + 1] - weights.starts()[row]);
        arrays.put(name + VALUES, Tensor.of(weights.values(), weights.values().length));
        arrays.put(name + INDICES, Tensor.unsigned(weights.indices()));
        arrays.put(name + COUNTS, Tensor.unsigned(counts));
        arrays.put(name + BIAS, Tensor.of(bias, bias.length));
    }

    private static SparseRows weights(Safetensors file, String name, int columns) {
        int[] starts = new int[file.get(name + COUNTS).length() + 1];
        int[] counts = file.get(name + COUNTS).ints();
        for (int row = 0; row < counts.length; row++) {
            starts[row + 1] = Math.addExact(starts[row], counts[row]);
        }
        return new SparseRows(
                columns,
                starts,
                file.get(name + INDICES).ints(),
                file.get(name + VALUES).floats());
    }
}
