package org.winnow.data.read;

import java.util.List;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** The vectors of a field of a Parquet file's row group, one for each row: lists of numbers, or as Spark ML writes them. */
interface ParquetNumbers {
    /** The next; null where the row has none. */
    double @Nullable [] next() throws MalformedInput;

    /** Those of a field. */
    static ParquetNumbers of(Type field, List<ParquetCells> leaves) {
        if (ParquetField.isVector(field)) {
            return new SparkVectors(field, leaves);
        }
        ParquetCells list = leaves.get(0);
        int level = optional(field);
        return () -> list.nextNumbers(level);
    }

    private static int optional(Type field) {
        return field.isRepetition(Type.Repetition.OPTIONAL) ? 1 : 0;
    }

    /** Vectors of Spark ML: dense, or with the places of those elements that are not zero. */
    final class SparkVectors implements ParquetNumbers {
        private static final int MOST_ELEMENTS = 1_000_000;
        private static final int SIZE = 1;
        private static final int INDICES = 2;
        private static final int VALUES = 3;

        private final ParquetCells size;
        private final ParquetCells indices;
        private final ParquetCells values;
        private final ParquetCells type;
        private final int indicesLevel;
        private final int valuesLevel;

        SparkVectors(Type field, List<ParquetCells> leaves) {
            int level = optional(field);
            type = leaves.get(0);
            size = leaves.get(SIZE);
            indices = leaves.get(INDICES);
            values = leaves.get(VALUES);
            indicesLevel = level + optional(field.asGroupType().getType(INDICES));
            valuesLevel = level + optional(field.asGroupType().getType(VALUES));
        }

        @Override
        public double @Nullable [] next() throws MalformedInput {
            boolean missing = type.passMissing();
            boolean sparse = !missing && type.nextNumber() == 0;
            double width = size.passMissing() ? Double.NaN : size.nextNumber();
            double[] places = indices.nextNumbers(indicesLevel);
            double[] numbers = values.nextNumbers(valuesLevel);
            if (missing || numbers == null) {
                return null;
            }
            return sparse ? dense(width, places, numbers) : numbers;
        }

        private static double[] dense(double width, double @Nullable [] places, double[] numbers)
                throws MalformedInput {
            if (!(width >= 0 && width <= MOST_ELEMENTS) || places == null || places.length != numbers.length) {
                throw new MalformedInput("a vector of " + width + " elements must have at most " + MOST_ELEMENTS
                        + ", and a place for each value");
            }
            double[] all = new double[(int) width];
            for (int i = 0; i < places.length; i++) {
                if (!(places[i] >= 0 && places[i] < width)) {
                    throw new MalformedInput("a vector of " + width + " elements has none at " + places[i]);
                }
                all[(int) places[i]] = numbers[i];
            }
            return all;
        }
    }
}
