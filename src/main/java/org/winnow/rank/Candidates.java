package org.winnow.rank;

import java.nio.FloatBuffer;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.kernel.FloatMatrix;
import org.winnow.kernel.Gemm;

/** What every gate would gain next, for each member; the formulas are those of {@link ForwardPath}. */
final class Candidates {
    /** Rows that are filled in for every member, while they are in the nearest cache. */
    private static final int ROWS_AT_ONCE = 32;

    private final Sample sample;
    private final List<Member> members;
    private final INDArray inputs;
    private final float[] strip;
    private final INDArray unexplained;
    private final INDArray product;
    private final float[] covariances;
    /** {@code s + prior / n} of each member and input, then {@code t}. */
    private final double[][] shrunkSquares;

    private final double[][] judgedSquares;

    Candidates(Sample sample, List<Member> members, double prior) {
        this.sample = sample;
        this.members = members;
        inputs = Nd4j.createFromArray(sample.inputs()).reshape('c', sample.rows(), sample.width());
        strip = new float[ROWS_AT_ONCE * columns()];
        unexplained = Nd4j.createUninitialized(new int[] {sample.rows(), columns()}, 'c');
        product = Nd4j.createUninitialized(new int[] {sample.width(), columns()}, 'c');
        covariances = new float[sample.width() * columns()];
        shrunkSquares = new double[members.size()][sample.width()];
        judgedSquares = new double[members.size()][sample.width()];
        addSquares();
        for (int m = 0; m < members.size(); m++) {
            for (int input = 0; input < sample.width(); input++) {
                shrunkSquares[m][input] += prior / members.get(m).rows();
            }
        }
    }

    /** Columns of the product: for each member and output one of the rows it learns from, and one of the others. */
    private int columns() {
        return 2 * members.size() * sample.outputs();
    }

    private void addSquares() {
        double[] squares = new double[sample.width()];
        for (int row = 0; row < sample.rows(); row++) {
            for (int input = 0; input < squares.length; input++) {
                double value = sample.value(row, input);
                squares[input] = value * value;
            }
            for (int m = 0; m < members.size(); m++) {
                add(members.get(m).learned()[row], squares, shrunkSquares[m]);
                add(members.get(m).judged()[row], squares, judgedSquares[m]);
            }
        }
    }

    private static void add(double weight, double[] squares, double[] into) {
        if (weight > 0) {
            for (int input = 0; input < squares.length; input++) {
                into[input] += weight * squares[input];
            }
        }
    }

    /** The gain of every gate, {@code [members][gates]}. */
    double[][] gains() {
        covary();
        int outputs = sample.outputs();
        double[][] gains = new double[members.size()][sample.gates()];
        for (int input = 0, at = 0; input < sample.width(); input++) {
            int gate = sample.gateOfInput()[input];
            for (int m = 0; m < members.size(); m++) {
                for (int output = 0; output < outputs; output++, at += 2) {
                    double beta = covariances[at] / shrunkSquares[m][input];
                    gains[m][gate] += beta * (2 * covariances[at + 1] - beta * judgedSquares[m][input]);
                }
            }
        }
        return gains;
    }

    /** Makes, row after row of an input, {@code a, b} for each member and output. */
    private void covary() {
        FloatBuffer into = FloatMatrix.memory(unexplained);
        for (int from = 0; from < sample.rows(); from += ROWS_AT_ONCE) {
            int to = Math.min(sample.rows(), from + ROWS_AT_ONCE);
            int column = 0;
            for (Member member : members) {
                for (int output = 0; output < sample.outputs(); output++, column += 2) {
                    weigh(member, member.residuals(output), from, to, column);
                }
            }
            into.put(strip, 0, (to - from) * columns());
        }
        Gemm.set(Gemm.transposed(inputs), Gemm.plain(unexplained), product);
        FloatMatrix.memory(product).get(covariances);
    }

    /** Two columns of the strip: residuals times what rows weigh to learn from, and to judge by. */
    private void weigh(Member member, double[] residuals, int from, int to, int column) {
        double[] learned = member.learned();
        double[] judged = member.judged();
        int width = columns();
        for (int row = from, at = column; row < to; row++, at += width) {
            strip[at] = (float) (learned[row] * residuals[row]);
            strip[at + 1] = (float) (judged[row] * residuals[row]);
        }
    }
}
