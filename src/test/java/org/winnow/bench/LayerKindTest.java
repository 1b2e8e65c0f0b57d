package org.winnow.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayerKindTest {
    @Test
    void aWholeNameMeansThatKindAlone() {
        assertEquals(List.of(LayerKind.VD), LayerKind.with("vd"));
    }

    @Test
    void aPartOfANameMeansAllThatHaveIt() {
        assertEquals(List.of(LayerKind.LENET5, LayerKind.LENET5_VD), LayerKind.with("lenet"));
        assertEquals(List.of(LayerKind.values()), LayerKind.with(""));
        assertEquals(List.of(), LayerKind.with("no such kind"));
    }
}
