package org.winnow.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.winnow.train.Head;
import org.winnow.train.Shards;

/**
 * How strongly training rows say that the target depends on each gate, given the inputs of all others: p-values of
 * conditional independence (Candès, Fan, Janson and Lv 2018, arXiv:1610.02351), and what they come to for as many gates as
 * there are. No row is drawn and no network trained; a few passes of sums over the shards are all that rows are asked for.
 *
 * <ol>
 *   <li>{@link Basis}: columns are standardised, straight and bent.
 *   <li>{@link Screen}: of more than {@value Screen#MOST} inputs some are tested, and some others known.
 *   <li>{@link Explanation}: forward selection explains the target, first without, then with curves of what it took.
 *   <li>{@link Nuisance}: every tested column is predicted from others.
 *   <li>{@link Residuals}, {@link Judgement}: what is left of both is tested.
 *   <li>{@link BenjaminiHochberg}: for the number of gates.
 * </ol>
 *
 * <p>What is assumed: one of the two predictions is right in what matters. The target's may be any function of what forward
 * selection has not found, as long as columns are linear in one another; columns may be anything in one another, as long as the
 * target is linear in the shapes of {@link Basis}.
 *
 * @param p for each gate, the probability of as much in the data if the target does not depend on the gate
 * @param q for each gate, the least false discovery rate at which it is kept
 */
public record Evidence(double[] p, double[] q) {
    /** Fewer rows say nothing. */
    private static final int FEWEST_ROWS = 10;

    /** Numbers of a shard's sums of products of pairs; with many targets, partners are fewer. */
    private static final int MOST_PAIRS = 1 << 20;

    /**
     * That of the training rows.
     *
     * @param head what the target is
     * @param gateOfInput of all inputs
     * @param gates how many
     */
    public static Evidence of(Shards shards, Head head, int[] gateOfInput, int gates) {
        Basis basis = Basis.of(shards, new Targets(head), gateOfInput.length);
        if (basis.degrees() < FEWEST_ROWS) {
            return ofPValues(ones(gates));
        }
        Screen screen = Screen.of(shards, basis, gateOfInput);
        Design plain = Design.of(basis, screen.inputs());
        double[][] known = plain.correlations(shards);
        int[] gateOfPlace = Screen.gatesOf(screen.inputs(), gateOfInput);
        Design design = plain.curved(Explanation.of(plain, known, gateOfPlace).taken());
        double[][] correlations = design.correlations(shards, known);
        Explanation explanation = Explanation.of(design, correlations, gateOfPlace);
        Nuisance nuisance = Nuisance.of(design, correlations, screen.tested(), explanation.taken(), gateOfPlace);
        int[] partners = partners(design, correlations, screen.tested());
        Residuals residuals = new Residuals(
                design,
                new Residuals.Layout(screen.tested(), basis.targets().count(), partners.length),
                nuisance.columns(),
                negative(nuisance.coefficients()),
                negative(explained(
                        explanation, nuisance.columns(), basis.targets().count())),
                Arrays.copyOf(explanation.fitOf(), screen.tested()),
                partners);
        double[] sums = shards.sums(residuals);
        Judgement judgement =
                new Judgement(residuals.layout(), sums, basis.rows(), degrees(basis, explanation, screen.tested()));
        int[] sizes = new int[gates];
        for (int gate : gateOfInput) {
            sizes[gate]++;
        }
        int[] gateOfPartner =
                Arrays.stream(partners).map(partner -> gateOfPlace[partner]).toArray();
        return ofPValues(judgement.gates(gateOfPlace, sizes, gateOfPartner, gateOfInput.length));
    }

    /** No evidence: not a number for any gate. */
    public static Evidence untested(int gates) {
        double[] none = new double[gates];
        Arrays.fill(none, Double.NaN);
        return new Evidence(none, none);
    }

    private static Evidence ofPValues(double... p) {
        return new Evidence(p, BenjaminiHochberg.adjusted(p));
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[] negative(double... values) {
        return Arrays.stream(values).map(value -> -value).toArray();
    }

    /** Straight columns to make products with: all, or those that go best with the targets. */
    private static int[] partners(Design design, double[][] correlations, int tested) {
        int targets = design.basis().targets().count();
        int most = Math.max(1, MOST_PAIRS / (tested * targets));
        List<Integer> places = new ArrayList<>();
        for (int place = 0; place < design.straight(); place++) {
            places.add(place);
        }
        double[] highest = new double[design.straight()];
        for (int place = 0; place < highest.length; place++) {
            for (int target = design.firstTarget(); target < design.columns(); target++) {
                highest[place] = Math.max(highest[place], Math.abs(correlations[place][target]));
            }
        }
        places.sort((a, b) -> Double.compare(highest[b], highest[a]));
        return places.stream().limit(most).mapToInt(Integer::intValue).toArray();
    }

    /** The coefficients of all fits, {@code [columns][fits targets]}. */
    private static double[] explained(Explanation explanation, int[] columns, int targets) {
        int width = explanation.fits().size() * targets;
        double[] explained = new double[columns.length * width];
        for (int number = 0; number < explanation.fits().size(); number++) {
            Explanation.Fit fit = explanation.fits().get(number);
            for (int i = 0; i < fit.columns().length; i++) {
                int at = Arrays.binarySearch(columns, fit.columns()[i]) * width + number * targets;
                System.arraycopy(fit.coefficients()[i], 0, explained, at, targets);
            }
        }
        return explained;
    }

    /** Degrees of freedom that each tested input's fit leaves. */
    private static double[] degrees(Basis basis, Explanation explanation, int tested) {
        double[] degrees = new double[tested];
        for (int input = 0; input < tested; input++) {
            int taken = explanation.fits().get(explanation.fitOf()[input]).columns().length;
            degrees[input] = basis.degrees() - taken - 1;
        }
        return degrees;
    }
}
