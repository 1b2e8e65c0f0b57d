package org.winnow.pairs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.winnow.evidence.Targets;
import org.winnow.model.ScreenedInput;
import org.winnow.model.ScreenedProduct;
import org.winnow.train.Shards;

/** The passes of a screen, and what they come to together. */
final class Passes {
    /** So many rows for each term of the regression on what was found, at least. */
    private static final int ROWS_PER_TERM = 8;

    private static final int MOST_TERMS = 256;

    private static final int CHANCES_OF_COLUMN = 2;

    private final int[] gateOfInput;
    private final double[] sizes;
    private final PairOptions options;
    private final Polynomials polynomials;
    private final List<Pass> passes = new ArrayList<>();

    Passes(int[] gateOfInput, int gates, PairOptions options, Polynomials polynomials) {
        this.gateOfInput = gateOfInput;
        this.options = options;
        this.polynomials = polynomials;
        sizes = new double[gates];
        for (int input = 0; input < gateOfInput.length; input++) {
            sizes[gateOfInput[input]] += polynomials.degrees()[input] > 0 ? 1 : 0;
        }
    }

    /** Takes as many passes as find something. */
    void take(Shards ranked, Targets targets) {
        List<Term> terms = List.of();
        int[] paired = new int[0];
        do {
            Unexplained unexplained = Unexplained.of(ranked, targets, polynomials, terms);
            Alone alone = Alone.of(ranked, unexplained);
            paired = passes.isEmpty() ? paired(alone) : paired;
            passes.add(new Pass(alone, Partners.of(ranked, alone, paired, gateOfInput, options.products())));
            int before = terms.size();
            terms = terms();
            if (terms.size() <= before) {
                return;
            }
        } while (passes.size() < options.passes());
    }

    /** Columns to pair: all that vary, or those that are best alone, in their order. */
    private int[] paired(Alone alone) {
        int[] vary = IntStream.range(0, gateOfInput.length)
                .filter(input -> polynomials.degrees()[input] > 0)
                .toArray();
        double each = polynomials.rows() * (alone.unexplained().count() + 4);
        int most = (int) Math.min(options.columns(), Math.max(2, Math.sqrt(options.multiplications() / each)));
        if (vary.length <= most) {
            return vary;
        }
        double[] logP = new double[gateOfInput.length];
        for (int input : vary) {
            logP[input] = alone.logP(input);
        }
        return Arrays.stream(vary)
                .boxed()
                .sorted(Comparator.comparingDouble(input -> logP[input]))
                .limit(most)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    /** Terms of the columns that are sure, as many of the best as there are rows for. */
    private List<Term> terms() {
        double[] logP = logP();
        double sure = StrictMath.log(options.level() / sizes.length);
        int[] found = IntStream.range(0, logP.length)
                .filter(input -> logP[input] + StrictMath.log(sizes[gateOfInput[input]]) < sure)
                .boxed()
                .sorted(Comparator.comparingDouble(input -> logP[input]))
                .mapToInt(Integer::intValue)
                .toArray();
        double most = Math.min(MOST_TERMS, polynomials.rows() / ROWS_PER_TERM);
        List<Term> terms = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            List<Term> next = new ArrayList<>();
            for (int degree = 1; degree <= polynomials.degrees()[found[i]]; degree++) {
                next.add(new Term(degree, found[i]));
            }
            for (int j = 0; j < i; j++) {
                int common =
                        Math.min(polynomials.degrees()[found[i]], polynomials.degrees()[found[j]]);
                for (int degree = 1; degree <= Math.min(Alone.CROSSED, common); degree++) {
                    if (gateOfInput[found[i]] != gateOfInput[found[j]]) {
                        next.add(new Term(degree, found[j], found[i]));
                    }
                }
            }
            if (terms.size() + next.size() > most) {
                break;
            }
            terms.addAll(next);
        }
        return terms;
    }

    /** Logarithms of the p-values of all columns, the least of all passes for as many as there are. */
    private double[] logP() {
        double[] least = new double[gateOfInput.length];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (Pass pass : passes) {
            for (int input = 0; input < least.length; input++) {
                least[input] = Math.min(least[input], pass.logP(input));
            }
        }
        double chances = StrictMath.log(passes.size());
        return Arrays.stream(least).map(log -> log + chances).toArray();
    }

    PairScreen result() {
        double[] ofInputs = passes.isEmpty() ? new double[gateOfInput.length] : logP();
        double[] ofGates = new double[sizes.length];
        Arrays.fill(ofGates, Double.POSITIVE_INFINITY);
        List<ScreenedInput> inputs = new ArrayList<>();
        for (int input = 0; input < gateOfInput.length; input++) {
            int gate = gateOfInput[input];
            double chances = StrictMath.log(Math.max(1, sizes[gate]));
            ofGates[gate] = Math.min(ofGates[gate], ofInputs[input] + chances);
            inputs.add(input(input, ofInputs[input]));
        }
        return new PairScreen(
                List.copyOf(inputs),
                products(),
                Arrays.stream(ofGates).map(log -> Math.min(0, log)).toArray(),
                IntStream.range(0, ofGates.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(gate -> ofGates[gate]))
                        .mapToInt(Integer::intValue)
                        .toArray(),
                passes.isEmpty() ? 0 : passes.get(0).partners().columns().length,
                passes.size(),
                options.level());
    }

    private ScreenedInput input(int input, double logP) {
        if (passes.isEmpty()) {
            return new ScreenedInput(input, gateOfInput[input], 0, 0, 0, -1, 0, 0, 0, 0);
        }
        Pass first = passes.get(0);
        Pass best = passes.stream()
                .min(Comparator.comparingDouble(pass -> pass.logPair(input)))
                .orElseThrow();
        double residual = passes.stream()
                .skip(1)
                .mapToDouble(pass -> pass.logP(input))
                .min()
                .orElse(0);
        Alone alone = first.alone();
        return new ScreenedInput(
                input,
                gateOfInput[input],
                alone.statistic(input, polynomials.degrees()[input]),
                alone.freedom(input),
                Math.min(0, alone.logP(input)),
                best.partner(input),
                best.degree(input),
                Math.min(0, best.logPair(input)),
                Math.min(0, residual),
                Math.min(0, logP));
    }

    private List<ScreenedProduct> products() {
        Comparator<ScreenedProduct> best =
                Comparator.comparingDouble(ScreenedProduct::logP).thenComparing(product -> -product.statistic());
        Map<List<Integer>, ScreenedProduct> products = new LinkedHashMap<>();
        for (int pass = 0; pass < passes.size(); pass++) {
            for (ScreenedProduct product :
                    passes.get(pass).partners().products(pass + 1, passes.size(), options.level())) {
                products.merge(
                        List.of(product.first(), product.second(), product.degree()),
                        product,
                        BinaryOperator.minBy(best));
            }
        }
        return products.values().stream()
                .sorted(best.thenComparingInt(ScreenedProduct::first)
                        .thenComparingInt(ScreenedProduct::second)
                        .thenComparingInt(ScreenedProduct::degree))
                .limit(options.products())
                .toList();
    }

    /** What was found against one state of what is unexplained. */
    private record Pass(Alone alone, Partners partners) {
        private int place(int input) {
            return Arrays.binarySearch(partners.columns(), input);
        }

        double logPair(int input) {
            return place(input) < 0 ? Double.POSITIVE_INFINITY : partners.logP(place(input));
        }

        int partner(int input) {
            return place(input) < 0 ? -1 : partners.partner(place(input));
        }

        int degree(int input) {
            return place(input) < 0 ? 0 : partners.degree(place(input));
        }

        double logP(int input) {
            return Math.min(alone.logP(input), logPair(input)) + StrictMath.log(CHANCES_OF_COLUMN);
        }
    }
}
