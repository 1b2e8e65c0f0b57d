package org.winnow.surgery;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * Which layers of a network.
 *
 * @param description for messages
 * @param names what has to be in the network, by name
 * @param includes whether a layer is one of them
 */
public record LayerChoice(String description, List<String> names, Predicate<Layer> includes) {
    public LayerChoice {
        names = List.copyOf(names);
    }

    /** Those of these names; a name that the network lacks is an error. */
    public static LayerChoice named(String... names) {
        List<String> all = List.of(names);
        return new LayerChoice("names " + all, all, layer -> all.contains(layer.getLayerName()));
    }

    /** Those whose whole name matches a regular expression. */
    public static LayerChoice matching(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return new LayerChoice(
                "names like " + pattern,
                List.of(),
                layer -> compiled.matcher(layer.getLayerName()).matches());
    }

    /** Those of a type or one of its subtypes. */
    public static LayerChoice ofType(Class<? extends Layer> type) {
        return new LayerChoice("type " + type.getSimpleName(), List.of(), type::isInstance);
    }
}
