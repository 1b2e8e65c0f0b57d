package org.winnow.prune;

import static org.winnow.check.Check.that;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.winnow.check.UserError;

/**
 * Numbers of layers, given as {@code pattern:number}; of several patterns the first that matches the whole name counts.
 *
 * @param setting that gives them, for messages
 */
record LayerNumbers(String setting, Map<String, Double> numbers) {
    /**
     * Reads pairs.
     *
     * @throws IllegalArgumentException if one is not {@code pattern:number}
     */
    static LayerNumbers of(String setting, List<String> pairs) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (String pair : pairs) {
            int colon = pair.lastIndexOf(':');
            boolean wellFormed =
                    colon > 0 && pair.substring(colon + 1).strip().matches("-?\\d+(\\.\\d+)?([eE]-?\\d+)?");
            that(wellFormed, setting, "a list of pattern:number, as in [fc.*:0.5, out:1]", pairs);
            numbers.put(
                    pair.substring(0, colon).strip(),
                    Double.valueOf(pair.substring(colon + 1).strip()));
        }
        return new LayerNumbers(setting, numbers);
    }

    /** The number of a layer. */
    OptionalDouble of(String layer) {
        return numbers.entrySet().stream()
                .filter(entry -> layer.matches(entry.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .findFirst();
    }

    /** @throws UserError if a pattern matches none of these layers */
    void requireMatches(List<String> layers) {
        numbers.keySet().forEach(pattern -> matching(setting, pattern, layers));
    }

    /**
     * The layers whose whole name matches a pattern.
     *
     * @throws UserError if there is none, or the pattern is no regular expression
     */
    static List<String> matching(String setting, String pattern, List<String> layers) {
        try {
            Pattern compiled = Pattern.compile(pattern);
            List<String> matched = layers.stream()
                    .filter(name -> compiled.matcher(name).matches())
                    .toList();
            if (matched.isEmpty()) {
                throw new UserError("prune." + setting + ": no layer that can be made sparse is called " + pattern
                        + "; there are " + String.join(", ", layers));
            }
            return matched;
        } catch (PatternSyntaxException e) {
            throw new UserError(
                    "prune." + setting + " must be names of layers or regular expressions, got " + pattern, e);
        }
    }
}
