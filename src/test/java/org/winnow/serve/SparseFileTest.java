package org.winnow.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.winnow.check.UserError;
import org.winnow.file.JsonMutations;
import org.winnow.kernel.SparseRows;
import org.winnow.safetensors.Safetensors;

/** What a file says of its network is complete and of the right types, or is refused in words. */
class SparseFileTest {
    private static final Safetensors FILE = SparseFile.of(new SparseNetwork(
            3,
            new int[] {0, 2},
            List.of(
                    new LinearStep(
                            new SparseRows(2, new int[] {0, 1, 2}, new int[] {0, 1}, new float[] {1, 2}),
                            new float[] {0, 1}),
                    new PointwiseStep(Pointwise.RELU, 2))));

    private static SparseNetwork read(String json) {
        return SparseFile.read(new Safetensors(FILE.tensors(), Map.of("network", json)), "a.safetensors");
    }

    @Test
    void everyFieldIsNeededAndOfItsType() {
        String json = String.valueOf(FILE.metadata().get("network"));
        assertEquals(2, read(json).steps().size());
        Map<String, String> all = new LinkedHashMap<>(JsonMutations.wrong(json));
        all.putAll(JsonMutations.incomplete(json));
        all.forEach((what, wrong) -> {
            UserError error = assertThrows(UserError.class, () -> read(wrong), what);
            assertTrue(error.getMessage().startsWith("a.safetensors holds no sparse network: "), error.getMessage());
        });
        JsonMutations.extreme(json).forEach((what, extreme) -> {
            try {
                read(extreme);
            } catch (UserError e) {
                assertTrue(e.getMessage().startsWith("a.safetensors holds no sparse network: "), what);
            }
        });
    }
}
