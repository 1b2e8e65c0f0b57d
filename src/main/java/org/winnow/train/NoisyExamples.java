package org.winnow.train;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.winnow.kernel.Noise;
import org.winnow.kernel.Strips;

/**
 * Examples with Gaussian noise on their inputs, which keeps a network from learning rows by heart (Bishop 1995, Training
 * with noise is equivalent to Tikhonov regularization).
 *
 * @param std of the noise
 * @param key of a step's noise; every input of a network has a branch
 */
record NoisyExamples(Examples examples, double std, Noise key) implements Examples {
    private static final long serialVersionUID = 1;

    /** The same examples where there is no noise. */
    static Examples of(Examples examples, double std, Noise key) {
        return std == 0 ? examples : new NoisyExamples(examples, std, key);
    }

    @Override
    public int rows() {
        return examples.rows();
    }

    @Override
    public MultiDataSet gather(int[] chosen) {
        MultiDataSet gathered = examples.gather(chosen);
        for (int input = 0; input < gathered.numFeatureArrays(); input++) {
            disturb(gathered.getFeatures(input), key.child(input));
        }
        return gathered;
    }

    @Override
    public boolean flat() {
        return examples.flat();
    }

    @Override
    public void read(int[] chosen, float[] inputs, float[] wanted) {
        examples.read(chosen, inputs, wanted);
        float[] noise = new float[inputs.length];
        key.child(0).normal(noise, 0);
        addTo(inputs, noise, (float) std);
    }

    private static void addTo(float[] inputs, float[] noise, float std) {
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] += noise[i] * std;
        }
    }

    private void disturb(INDArray inputs, Noise own) {
        for (Strips at = Strips.over(inputs); at.next(); ) {
            at.add(inputs, at.blank().noise(own, true, at.from()).mul(std));
        }
    }

    @Override
    public @Nullable INDArray weights(int[] chosen) {
        return examples.weights(chosen);
    }
}
