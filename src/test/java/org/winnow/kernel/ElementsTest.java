package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ElementsTest {
    private static final double[] SIXTY =
            IntStream.range(0, 60).mapToDouble(i -> i).toArray();

    @Test
    void readsViewsAndAnyOrderRowByRow() {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            INDArray array = Elements.write(SIXTY, type, 5, 12);
            assertArrayEquals(SIXTY, Elements.read(array));
            assertArrayEquals(SIXTY, Elements.read(array.dup('f')));
            assertReads(array.get(NDArrayIndex.interval(1, 3), NDArrayIndex.interval(4, 6)), 16, 17, 28, 29);
            assertReads(array.get(NDArrayIndex.interval(3, 5)).getColumn(11), 47, 59);
            assertReads(array.getRow(4).get(NDArrayIndex.interval(2, 5)), 50, 51, 52);
            INDArray parameters = array.reshape(60).get(NDArrayIndex.interval(10, 16));
            assertReads(parameters.reshape('f', 2, 3), 10, 12, 14, 11, 13, 15);
            assertReads(parameters.reshape('c', 2, 3).transpose(), 10, 13, 11, 14, 12, 15);
            assertReads(Nd4j.scalar(type, 3), 3);
        }
    }

    @Test
    void writesIntoTheCurrentWorkspace() {
        try (MemoryWorkspace workspace = Nd4j.getWorkspaceManager()
                .getAndActivateWorkspace(
                        WorkspaceConfiguration.builder().initialSize(10_000).build(), "elements")) {
            for (int round = 0; round < 3; round++) {
                INDArray array = Elements.write(SIXTY, DataType.FLOAT, 3, 4, 5);
                assertEquals(workspace.isScopeActive(), array.isAttached());
                assertArrayEquals(SIXTY, Elements.read(array));
                assertEquals(27, array.getDouble(1, 1, 2));
            }
        }
    }

    private static void assertReads(INDArray array, double... want) {
        assertArrayEquals(want, Elements.read(array));
    }
}
