package org.winnow.data;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.winnow.check.Check;

/**
 * What a network's inputs and outputs mean.
 *
 * @param features in the order of the inputs
 * @param label the label's name
 * @param task classification or regression
 * @param classes the names of the classes, sorted (as numbers if all are); empty in regression
 */
public record Schema(List<Feature> features, String label, Task task, List<String> classes) implements Serializable {
    public Schema {
        features = List.copyOf(features);
        classes = List.copyOf(classes);
        Check.that(task != Task.AUTO, "task", "classification or regression", task);
        Check.that(
                task == Task.CLASSIFICATION ? classes.size() >= 2 : classes.isEmpty(),
                "classes",
                "at least two in classification, none in regression",
                classes);
    }

    /** Width of the network's input. */
    public int inputs() {
        return features.stream().mapToInt(Feature::width).sum();
    }

    /** A name for each input. */
    public List<String> inputNames() {
        return features.stream()
                .flatMap(feature -> feature.inputNames().stream())
                .toList();
    }

    /** For each input the index of the feature it belongs to: inputs of one feature share a gate. */
    public int[] featureOfInput() {
        return IntStream.range(0, features.size())
                .flatMap(f -> IntStream.range(0, features.get(f).width()).map(i -> f))
                .toArray();
    }

    /** Width of the network's output: the classes, or one. */
    public int outputs() {
        return Math.max(1, classes.size());
    }

    Schema withFeatures(List<Feature> others) {
        return new Schema(others, label, task, classes);
    }
}
