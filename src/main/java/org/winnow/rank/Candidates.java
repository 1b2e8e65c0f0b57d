package org.winnow.rank;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.kernel.Gemm;

/** What every gate would gain next, for each member; the formulas are those of {@link ForwardPath}. */
final class Candidates {
    private final Sample sample;
    private final List<Member> members;
    private final INDArray inputs;
    private final float[] residuals;
    /** {@code s + prior / n} of each member and input, then {@code t}. */
    private final double[][] shrunkSquares;

    private final double[][] judgedSquares;

    Candidates(Sample sample, List<Member> members, double prior) {
        this.sample = sample;
        this.members = members;
        inputs = Nd4j.createFromArray(sample.inputs()).reshape('c', sample.rows(), sample.width());
        residuals = new float[sample.rows() * columns()];
        shrunkSquares = new double[members.size()][sample.width()];
        judgedSquares = new double[members.size()][sample.width()];
        for (int m = 0; m < members.size(); m++) {
            squares(members.get(m), shrunkSquares[m], judgedSquares[m]);
            for (int input = 0; input < sample.width(); input++) {
                shrunkSquares[m][input] += prior / members.get(m).rows();
            }
        }
    }

    /** Columns of the product: for each member and output one of the rows it learns from, and one of the others. */
    private int columns() {
        return 2 * members.size() * sample.outputs();
    }

    private void squares(Member member, double[] learned, double[] judged) {
        float[] values = sample.inputs();
        for (int row = 0, at = 0; row < sample.rows(); row++) {
            double u = member.learned(row);
            double v = member.judged(row);
            for (int input = 0; input < sample.width(); input++, at++) {
                double square = (double) values[at] * values[at];
                learned[input] += u * square;
                judged[input] += v * square;
            }
        }
    }

    /** The gain of every gate, {@code [members][gates]}. */
    double[][] gains() {
        float[] covariances = covariances();
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

    /** Row after row of an input: {@code a, b} for each member and output. */
    private float[] covariances() {
        int outputs = sample.outputs();
        for (int row = 0, at = 0; row < sample.rows(); row++) {
            for (Member member : members) {
                for (int output = 0; output < outputs; output++, at += 2) {
                    double residual = member.residual(row, output);
                    residuals[at] = (float) (member.learned(row) * residual);
                    residuals[at + 1] = (float) (member.judged(row) * residual);
                }
            }
        }
        INDArray unexplained = Nd4j.createFromArray(residuals).reshape('c', sample.rows(), columns());
        INDArray product = Nd4j.createUninitialized(new int[] {sample.width(), columns()}, 'c');
        Gemm.set(Gemm.transposed(inputs), Gemm.plain(unexplained), product);
        return product.data().asFloat();
    }
}
