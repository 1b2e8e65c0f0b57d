package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ShapesTest {
    @ParameterizedTest
    @CsvSource({
        "4, 3 4, true",
        "1 4, 3 4, true",
        "1 5 1 1, 2 5 1 1, true",
        "2 3, 2 3, true",
        "1 1, 4 3, true",
        "3 1, 3 4, false",
        "5 1 1, 2 5 2 2, false",
        "4, 4 3, false",
    })
    void arraysThatRepeatAreReadAsTheyAre(String shape, String target, boolean repeats) {
        INDArray array = numbers(sizes(shape));
        assertEquals(repeats, Shapes.repeats(array, sizes(target)));
        if (repeats) {
            assertEquals(Shapes.stretch(array, "array", sizes(target)), copy(array, sizes(target)));
        }
    }

    @Test
    void whatDoesNotFitIsNamed() {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> Shapes.stretch(numbers(3), "gate", 3, 4));
        assertEquals("gate must be of a shape that stretches to [3, 4], got shape [3]", thrown.getMessage());
    }

    private static INDArray copy(INDArray array, long... shape) {
        INDArray copy = Nd4j.createUninitialized(array.dataType(), shape, 'c');
        for (Strips at = Strips.over(copy); at.next(); ) {
            at.write(copy, at.read(array));
        }
        return copy;
    }

    private static INDArray numbers(long... shape) {
        return Nd4j.arange((double) LongStream.of(shape).reduce(1, Math::multiplyExact))
                .castTo(DataType.FLOAT)
                .reshape('c', shape);
    }

    private static long[] sizes(String words) {
        return Stream.of(words.split(" ")).mapToLong(Long::parseLong).toArray();
    }
}
