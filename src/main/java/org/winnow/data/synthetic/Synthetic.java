package org.winnow.data.synthetic;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.winnow.check.UserError;
import org.winnow.kernel.Noise;

/**
 * A generator by its path, {@code synthetic:NAME?rows=…&noise=…&seed=…}.
 *
 * @param name what messages call it
 * @param rows how many rows it has
 * @param generator the rows
 */
public record Synthetic(String name, long rows, Generator generator) {
    /** What such a path begins with. */
    public static final String PREFIX = "synthetic:";

    private static final Pattern PATH = Pattern.compile("synthetic:([^?]*)\\??(.*)");
    private static final Pattern XOR_K = Pattern.compile("xor-(\\d{1,9})");
    private static final int MOST_FEATURES = 100_000;
    private static final long MOST_ROWS = 1_000_000_000L;
    private static final double LOUDEST = 1e6;

    /**
     * Reads a path.
     *
     * @throws UserError for an unknown name or parameter, or a value out of bounds
     */
    public static Synthetic of(String path) {
        Matcher parsed = PATH.matcher(path);
        if (!parsed.matches()) {
            throw new UserError("data.path: a generator is synthetic:NAME?key=value&…, got " + path);
        }
        String name = parsed.group(1);
        Parameters parameters = new Parameters(path, parsed.group(2));
        long rows = parameters.whole("rows", name.equals("madelon") ? 2600 : 1000, 1, MOST_ROWS);
        Noise noise = Noise.of(parameters.whole("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE));
        Generator generator = generator(name, parameters, noise);
        parameters.refuseUnknown();
        return new Synthetic(PREFIX + name, rows, generator);
    }

    /** Which features the label depends on, from 0, ascending. */
    public List<Integer> relevant() {
        return generator.relevant();
    }

    private static Generator generator(String name, Parameters from, Noise noise) {
        Matcher xor = XOR_K.matcher(name);
        if (xor.matches()) {
            return xor(from, Integer.parseInt(xor.group(1)), noise);
        }
        return switch (name) {
            case "two-moons" ->
                new TwoMoons(
                        noise,
                        from.number("noise", 0.1, 0, LOUDEST),
                        from.integer("noise_features", 18, 0, MOST_FEATURES));
            case "xor" -> xor(from, 3, noise);
            case "sin-cos3" ->
                new SinCos3(
                        noise,
                        from.number("noise", 0, 0, LOUDEST),
                        from.integer("noise_features", 18, 0, MOST_FEATURES));
            case "friedman1" ->
                new Friedman1(
                        noise, from.number("noise", 1, 0, LOUDEST), from.integer("features", 10, 5, MOST_FEATURES));
            case "uniform-xor" -> rings(from, RingXorSum.Kind.UNIFORM_XOR, noise);
            case "ring" -> rings(from, RingXorSum.Kind.RING, noise);
            case "ring-xor" -> rings(from, RingXorSum.Kind.RING_XOR, noise);
            case "ring-xor-sum" -> rings(from, RingXorSum.Kind.RING_XOR_SUM, noise);
            case "madelon" ->
                new Madelon(
                        noise,
                        from.number("noise", 0.01, 0, 1),
                        from.number("separation", 2, 0, LOUDEST),
                        from.integer("informative", 5, 1, 20),
                        from.integer("redundant", 15, 0, MOST_FEATURES),
                        from.integer("probes", 480, 0, MOST_FEATURES));
            default ->
                throw new UserError("data.path: no generator \"" + name
                        + "\"; generators: two-moons, xor (also xor-2, xor-3, …), sin-cos3, friedman1, madelon, "
                        + "uniform-xor, ring, ring-xor, ring-xor-sum");
        };
    }

    private static Generator xor(Parameters from, int byDefault, Noise noise) {
        int k = from.integer("k", byDefault, 1, 20);
        return new Xor(
                noise, from.number("noise", 0, 0, 1), k, from.integer("features", Math.max(20, k), k, MOST_FEATURES));
    }

    private static Generator rings(Parameters from, RingXorSum.Kind kind, Noise noise) {
        return new RingXorSum(noise, kind, from.integer("features", 20, kind.relevant(), MOST_FEATURES));
    }

    static List<Integer> first(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
