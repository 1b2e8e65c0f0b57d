package org.winnow.train;

import static org.winnow.check.Check.that;

import java.io.Serializable;
import java.util.List;
import org.winnow.model.Setting;

/** A network of dense and convolution layers, described or read from a file: what a {@code network} section says. */
public record ArchitectureOptions(
        @Setting(
                value =
                        "Layers between input and output: UNITS of a dense layer, \"conv CHANNELS KERNEL\" or \"max_pool"
                                + " SIZE\", as [conv 20 5, max_pool 2, conv 50 5, max_pool 2, 500]; they are called conv1, …,"
                                + " pool1, …, fc1, …, and the output layer out",
                byDefault = "[64, 32]")
        List<String> layers,

        @Setting(
                value = "Channels, height and width of a row that is an image, as [1, 28, 28]; empty: it is none",
                byDefault = "[]")
        List<Integer> image,

        @Setting(value = "Activation of the layers before the output", byDefault = "relu")
        NetworkOptions.Activation activation,

        @Setting(
                value = "Whether weights and what passes between layers are complex numbers, from rows taken for real"
                        + " parts to the real parts of the answers; activations act on each part",
                byDefault = "false")
        boolean complex,

        @Setting(
                value =
                        "A network in the place of layers: a zip of DL4J's ModelSerializer, of a MultiLayerNetwork, with"
                                + " its normaliser if it has one; empty: none",
                byDefault = "\"\"")
        String path)
        implements Serializable {

    private static final int AXES_OF_AN_IMAGE = 3;
    private static final String LAYER = "(dense )?[1-9]\\d{0,6}|conv [1-9]\\d{0,4} [1-9]\\d?|max_pool [1-9]\\d?";

    public ArchitectureOptions {
        layers = layers.stream().map(String::strip).toList();
        image = List.copyOf(image);
        that(
                layers.stream().allMatch(layer -> layer.matches(LAYER)),
                "layers",
                "a list of UNITS, \"conv CHANNELS KERNEL\" and \"max_pool SIZE\"",
                layers);
        that(
                image.isEmpty()
                        || (image.size() == AXES_OF_AN_IMAGE && image.stream().allMatch(size -> size >= 1)),
                "image",
                "[channels, height, width], each at least 1",
                image);
        that(!complex || path.isEmpty(), "complex", "false where path gives the network", complex);
        boolean onImages = layers.stream().anyMatch(layer -> layer.contains("_") || layer.startsWith("conv"));
        that(!onImages || !image.isEmpty(), "image", "given where layers convolve or pool", image);
    }
}
