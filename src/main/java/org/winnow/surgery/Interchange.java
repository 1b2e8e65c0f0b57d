package org.winnow.surgery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.check.UserError;
import org.winnow.kernel.Elements;
import org.winnow.safetensors.Safetensors;
import org.winnow.safetensors.Tensor;
import org.winnow.sparsifier.FixedMask;
import org.winnow.sparsifier.Params;

/**
 * The arrays of networks in the names and layouts of other libraries: linear weights {@code [out, in]}, those of
 * convolutions {@code [out, in, kernel...]}, complex ones as {@code weight.real} and {@code weight.imag}, gates
 * {@code [gates]}. {@code 0.weight} is the weight of the layer that is called {@code 0} there.
 *
 * @param dialect the library
 * @param modules what layers are called there, by their names here; those that are missing have the same name
 */
public record Interchange(Dialect dialect, Map<String, String> modules) {
    private static final String REAL = ".real";
    private static final String IMAGINARY = ".imag";

    public Interchange {
        modules = Map.copyOf(modules);
    }

    /** One array of a file, or two for a complex one, and the array of ours that it is. */
    private record Place(String ours, Dialect.Name name, List<String> theirs, long[] shape, INDArray array) {}

    /**
     * The arrays of layers. Masks that the library has no name for are multiplied in.
     *
     * @throws IllegalArgumentException if the library has nothing that an array could be
     */
    public Safetensors write(NamedLayers layers) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Place place : places(layers, multiplied(layers))) {
            double[] values = Elements.read(place.array);
            Arrays.setAll(values, i -> place.name.toTheirs().applyAsDouble(values[i]));
            int size = values.length / place.theirs.size();
            for (int part = 0; part < place.theirs.size(); part++) {
                double[] own = Arrays.copyOfRange(values, part * size, (part + 1) * size);
                tensors.put(place.theirs.get(part), tensor(own, place.array.dataType(), place.shape));
            }
        }
        return new Safetensors(tensors);
    }

    /**
     * Copies the arrays of a file to layers.
     *
     * @param file its name, for messages
     * @param strict whether all names have to match
     * @return names of ours that were found or are missing, and names of the file that were not used
     * @throws UserError if names do not match though they have to, or an array has another shape; nothing is copied then
     */
    public Loaded load(Safetensors tensors, String file, NamedLayers layers, boolean strict) {
        Map<String, INDArray> found = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        Set<String> unexpected = new LinkedHashSet<>(tensors.tensors().keySet());
        for (Place place : places(layers, layers.state())) {
            if (tensors.tensors().keySet().containsAll(place.theirs)) {
                found.put(place.ours, array(place, tensors, file));
                place.theirs.forEach(unexpected::remove);
            } else {
                missing.add(place.ours);
            }
        }
        if (strict && !(missing.isEmpty() && unexpected.isEmpty())) {
            throw new UserError(file + " has to hold what the layers have: missing " + missing + ", unexpected "
                    + List.copyOf(unexpected));
        }
        layers.load(new State(found), false);
        return new Loaded(List.copyOf(found.keySet()), missing, List.copyOf(unexpected));
    }

    /** The arrays with the masks multiplied in that the library has no name for. */
    private State multiplied(NamedLayers layers) {
        Map<String, INDArray> arrays = new LinkedHashMap<>(layers.state().arrays());
        layers.layers().forEach((name, layer) -> {
            if (layer.sparsifier() instanceof FixedMask mask) {
                Params params = layer.params();
                if (dialect.name(FixedMask.MASK).isEmpty()) {
                    arrays.remove(name + "." + FixedMask.MASK);
                    arrays.put(name + "." + Params.WEIGHT, mask.maskedWeight(layer.op(), params));
                }
                if (params.has(FixedMask.BIAS_MASK)
                        && dialect.name(FixedMask.BIAS_MASK).isEmpty()) {
                    INDArray bias = params.get(Params.BIAS);
                    double[] values = Elements.read(bias);
                    double[] own = Elements.read(params.get(FixedMask.BIAS_MASK));
                    Arrays.setAll(values, i -> values[i] * own[i % own.length]);
                    arrays.remove(name + "." + FixedMask.BIAS_MASK);
                    arrays.put(name + "." + Params.BIAS, Elements.like(bias, values));
                }
            }
        });
        return new State(arrays);
    }

    private List<Place> places(NamedLayers layers, State state) {
        List<Place> places = new ArrayList<>();
        state.arrays().forEach((ours, array) -> {
            int dot = ours.lastIndexOf('.');
            String layer = ours.substring(0, dot);
            String parameter = ours.substring(dot + 1);
            Optional<Dialect.Name> name = dialect.name(parameter);
            Check.that(name.isPresent(), "array " + ours, "one that there is in " + dialect, parameter);
            String theirs = modules.getOrDefault(layer, layer) + "."
                    + name.map(Dialect.Name::theirs).orElseThrow();
            boolean complex = isComplex(layers.layers().get(layer), parameter);
            places.add(new Place(
                    ours,
                    name.orElseThrow(),
                    complex ? List.of(theirs + REAL, theirs + IMAGINARY) : List.of(theirs),
                    shape(array, complex, layers.layers().containsKey(layer)),
                    array));
        });
        return places;
    }

    private boolean isComplex(NamedLayers.Layer layer, String parameter) {
        boolean base = parameter.equals(Params.WEIGHT) || parameter.equals(Params.BIAS);
        return dialect.splitsParts()
                && base
                && layer != null
                && layer.op().output().complex();
    }

    /** The shape there of an array, or of each of its parts: parameters of layers without operator are a row here. */
    private static long[] shape(INDArray array, boolean complex, boolean hasOperator) {
        if (!hasOperator) {
            return new long[] {array.length()};
        }
        long[] shape = array.shape();
        return !complex
                ? shape
                : shape.length == 1 ? new long[] {shape[0] / 2} : Arrays.copyOfRange(shape, 1, shape.length);
    }

    private static INDArray array(Place place, Safetensors tensors, String file) {
        double[][] parts = new double[place.theirs.size()][];
        for (int part = 0; part < parts.length; part++) {
            String name = place.theirs.get(part);
            Tensor tensor = tensors.get(name);
            if (!Arrays.equals(tensor.shape(), place.shape)) {
                throw new UserError(file + ": array " + name + " must be of shape " + Arrays.toString(place.shape)
                        + ", got " + Arrays.toString(tensor.shape()));
            }
            parts[part] = tensor.doubles();
        }
        double[] values = Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
        Arrays.setAll(values, i -> place.name.toOurs().applyAsDouble(values[i]));
        return Elements.write(values, place.array.dataType(), place.array.shape());
    }

    private static Tensor tensor(double[] values, DataType type, long... shape) {
        if (type == DataType.DOUBLE) {
            return Tensor.of(values, shape);
        }
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Tensor.of(floats, shape);
    }
}
