package org.winnow.kernel;

import java.nio.ByteBuffer;
import org.winnow.check.Check;

/**
 * The loops that most time goes into. All work in place on the first {@code count} numbers of an array; {@code count} is
 * a multiple of {@link #MULTIPLE}. There are two, which give the same bits: one on the Vector API, and a plain twin of it
 * that says what the other computes.
 */
public interface Kernel {
    /** What counts are multiples of: as many words as the widest vectors make at once. */
    int MULTIPLE = 32;

    /** What the counts of columns of sparse products are multiples of: four of the widest vectors. */
    int COLUMNS = 64;

    /** How many sums a {@link #products} is made of, a vector of the widest. */
    int PARTS = 16;

    /** The system property that chooses: {@code vector}, {@code scalar} or {@code auto}, the default. */
    String PROPERTY = "winnow.kernel";

    /** The kernel of this process. */
    static Kernel current() {
        return Chosen.KERNEL;
    }

    /** What it is, for the log. */
    String description();

    /** {@link FloatMath#exp}. */
    void exp(float[] a, int count);

    /** {@link FloatMath#log}. */
    void log(float[] a, int count);

    /** {@link FloatMath#sigmoid}. */
    void sigmoid(float[] a, int count);

    /** {@link FloatMath#softplus}. */
    void softplus(float[] a, int count);

    /** {@link FloatMath#softplus}, with the {@link FloatMath#sigmoid} of the same numbers, its slope. */
    void softplus(float[] a, float[] slope, int count);

    /** {@link FloatMath#within}. */
    void within(float[] a, float lower, float upper, int count);

    /** How many are less than a bound. */
    int below(float[] a, float bound, int count);

    /** The words of {@link Philox} from the start of a block on, for counters {@code (block, stream)}. */
    void words(long key, long stream, long block, int[] into, int count);

    /** {@link FloatMath#uniform} of words. */
    void uniform(int[] words, float[] into, int count);

    /** {@link FloatMath#normal} of words. */
    void normal(int[] words, float[] into, int count);

    /** {@link AdamStep#take}, of any count of numbers, with the inverse of the minibatch's size. */
    void adam(AdamStep step, ByteBuffer p, ByteBuffer g, ByteBuffer m, ByteBuffer v, float perExample);

    /**
     * Adds to the first columns of a matrix those of the product of entries and another, entry by entry, rounded once each.
     *
     * @param x as many rows as the entries have columns, each so wide
     * @param y as many rows as the entries have, each so wide
     * @param first where the rows of y begin
     * @param width of both, in numbers
     * @param columns how many there are to add to, a multiple of {@link #COLUMNS}
     */
    void addProduct(Entries entries, float[] x, float[] y, int first, int width, int columns);

    /** The same with the transpose of the entries: adds to x the product with y. All columns; the width is such a multiple. */
    void addProductOfTransposed(Entries entries, float[] y, float[] x, int width);

    /**
     * For each entry, of whatever value, the sum of products of a row of y, its own, with a row of x, that of its column:
     * {@link #PARTS} sums of every so many numbers, and then halves of them.
     *
     * @param width of both, a multiple of {@link #COLUMNS}
     */
    void products(Entries entries, float[] y, float[] x, int width, float[] into);

    /**
     * The largest numbers of each column of bands of rows, one band after the other, with their places: the number in the
     * upper half of a long, the complement of its place in the lower one, so that of equal numbers the first is larger.
     *
     * @param numbers rows of so many columns, and {@link #MULTIPLE} numbers of whatever value behind them
     * @param height of a band, in rows
     * @param stride from a band to the next, in rows
     * @param into a row for each of so many bands, and {@link #MULTIPLE} numbers behind them that may change
     */
    void largest(int[] numbers, int columns, int height, int stride, int bands, long[] into);

    /** The smallest permitted count of at least so many numbers. */
    static int padded(int numbers) {
        return (numbers + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
    }

    /**
     * The kernel of a name.
     *
     * @throws IllegalArgumentException if there is none, or none on this JVM
     */
    static Kernel named(String name) {
        Check.that(
                name.equals("auto") || name.equals("vector") || name.equals("scalar"),
                PROPERTY,
                "auto, vector or scalar",
                name);
        boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        Check.that(
                present || !name.equals("vector"),
                PROPERTY,
                "auto or scalar on a JVM without --add-modules=jdk.incubator.vector",
                name);
        return present && !name.equals("scalar") ? vector() : new ScalarKernel();
    }

    /** By its name: it is compiled by itself, against a module that other classes must not need. */
    private static Kernel vector() {
        try {
            return Class.forName("org.winnow.kernel.VectorKernel")
                    .asSubclass(Kernel.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the vector kernel is missing from the class path", e);
        }
    }

    /** Made when it is first asked for, as the vector kernel is not on every JVM. */
    final class Chosen {
        private static final Kernel KERNEL = named(System.getProperty(PROPERTY, "auto"));

        private Chosen() {}
    }
}
