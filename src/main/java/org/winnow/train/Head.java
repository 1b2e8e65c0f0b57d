package org.winnow.train;

import static org.winnow.check.Check.that;

import java.io.Serializable;
import org.winnow.data.Schema;
import org.winnow.data.Task;
import org.winnow.model.Score;

/**
 * What a network answers with: a probability for each class, or one number.
 *
 * @param regression one number, judged by its squared error
 * @param width outputs of the network
 */
public record Head(boolean regression, int width) implements Serializable {
    /** Keeps the loss finite where a float probability has underflowed. */
    private static final double LEAST_PROBABILITY = 1e-30;

    public static Head classes(int count) {
        that(count >= 2, "classes", "at least 2", count);
        return new Head(false, count);
    }

    public static Head number() {
        return new Head(true, 1);
    }

    /** What a network of such data answers with. */
    public static Head of(Schema schema) {
        return schema.task() == Task.REGRESSION ? number() : classes(schema.outputs());
    }

    /** Name of the metric. */
    public String metric() {
        return regression ? "mse" : "accuracy";
    }

    /** The metric of a score; a squared error in units of the label, of which {@code scale} makes one of the network's. */
    public double metric(Score score, double scale) {
        return regression ? score.meanLoss() * scale * scale : score.accuracy();
    }

    /** A metric turned so that more is better. */
    public double goodness(double metric) {
        return regression ? -metric : metric;
    }

    /** A number of which more is better. */
    double goodness(Score score) {
        return goodness(metric(score, 1));
    }

    /** Writes what the network should answer for a target: 1 at its class, or the number itself. */
    void encode(float target, float[] into, int offset) {
        into[offset + (regression ? 0 : (int) target)] = regression ? target : 1;
    }

    /** Judges the answers for as many rows as there are targets. */
    public Score judge(float[] answers, float[] targets) {
        return judge(answers, targets, 0, targets.length);
    }

    /**
     * Judges answers.
     *
     * @param answers row-major {@code [rows, width]}
     * @param targets class indices or numbers; the first row's is {@code targets[from]}
     */
    Score judge(float[] answers, float[] targets, int from, int rows) {
        double loss = 0;
        long hits = 0;
        for (int row = 0; row < rows; row++) {
            int offset = row * width;
            float target = targets[from + row];
            if (regression) {
                double error = answers[offset] - target;
                loss += error * error;
            } else {
                loss -= Math.log(Math.max(answers[offset + (int) target], LEAST_PROBABILITY));
                hits += mostProbable(answers, offset) == (int) target ? 1 : 0;
            }
        }
        return new Score(rows, loss, hits);
    }

    /** Index of the largest of a row's answers; the first of equals. */
    public int mostProbable(float[] answers, int offset) {
        int best = 0;
        for (int i = 1; i < width; i++) {
            best = answers[offset + i] > answers[offset + best] ? i : best;
        }
        return best;
    }
}
