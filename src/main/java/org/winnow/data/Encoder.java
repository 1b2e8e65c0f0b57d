package org.winnow.data;

import java.io.Serializable;
import java.util.List;
import org.winnow.check.Check;

/**
 * Turns the features of a row into a network's inputs: numbers standardised over the training rows, categories as 0 and
 * 1, missing values filled.
 *
 * @param schema the features
 * @param scalings one for each feature; {@link Scaling#NONE} but for the fill where it is categorical
 * @param target of the label; {@link Scaling#NONE} in classification
 */
public record Encoder(Schema schema, List<Scaling> scalings, Scaling target) implements Serializable {
    /** Stands for a category that was not there when the encoder was made. */
    static final double UNSEEN = -1;

    public Encoder {
        scalings = List.copyOf(scalings);
        Check.that(
                scalings.size() == schema.features().size(),
                "scalings",
                "one for each of " + schema.features().size() + " features",
                scalings.size());
        for (int f = 0; f < scalings.size(); f++) {
            Feature feature = schema.features().get(f);
            double fill = scalings.get(f).fill();
            Check.that(
                    feature.kind() == Feature.Kind.NUMERIC
                            || (fill == Math.rint(fill) && fill >= 0 && fill < feature.width()),
                    "fill of " + feature.name(),
                    "the index of one of its " + feature.width() + " categories",
                    fill);
        }
    }

    /** What was taken from targets, in the label's own unit; 0 in classification. */
    public double targetMean() {
        return target.mean();
    }

    /** What targets were divided by, in the label's own unit; 1 in classification. */
    public double targetScale() {
        return target.scale();
    }

    /** The encoder of some of the features, given by their index. */
    public Encoder keep(List<Integer> features) {
        return new Encoder(
                schema.withFeatures(
                        features.stream().map(schema.features()::get).toList()),
                features.stream().map(scalings::get).toList(),
                target);
    }

    /**
     * Encodes a row.
     *
     * @param values for each feature its number or the index of its category; NaN where missing
     * @return the network's inputs
     */
    public float[] encode(double[] values) {
        Check.that(values.length == scalings.size(), "values", scalings.size() + " long", values.length);
        float[] inputs = new float[schema.inputs()];
        encode(values, inputs, 0);
        return inputs;
    }

    /** Encodes the values into the inputs from a place on, which are zero. */
    void encode(double[] values, float[] inputs, int from) {
        int at = from;
        for (int f = 0; f < scalings.size(); f++) {
            Feature feature = schema.features().get(f);
            Scaling scaling = scalings.get(f);
            double given = values[f];
            double value = Double.isNaN(given) ? scaling.fill() : given;
            if (feature.kind() == Feature.Kind.NUMERIC) {
                inputs[at] = (float) scaling.apply(value);
            } else if (value != UNSEEN) {
                inputs[at + (int) value] = 1;
            }
            at += feature.width();
        }
    }
}
