package org.winnow.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.winnow.SparkTest;

/** What is loaded is the same on every machine: these numbers were written down once. */
class SameBitsTest {
    @ParameterizedTest
    @CsvSource({
        "src/main/data/breast-cancer.csv, diagnosis, 4b0da9e400240c57, 1972142204",
        "synthetic:two-moons, '', 7ca9307b3f0b7727, -87192955",
        "synthetic:xor-3, '', 5b48c73deecc5b84, -749604706",
        "synthetic:sin-cos3, '', 3f42cdf96dc779d5, 2028148890",
        "synthetic:friedman1?rows=20000, '', daa3b63b0a50e611, 92225482",
        "synthetic:madelon?rows=200, '', b7bf85499129628d, 1477757901"
    })
    void shardsAreTheSameEverywhere(String path, String label, String fingerprint, int hash) {
        LoadedData data =
                DataLoader.load(SparkTest.session(), DataOptions.of(path).withLabel(label), 0, 1);
        List<Shard> shards = data.shards().collect();
        data.shards().unpersist();
        int bits = 0;
        for (Shard shard : shards) {
            for (Block block : List.of(shard.train(), shard.test())) {
                bits = 31 * bits + Arrays.hashCode(block.inputs());
                bits = 31 * bits + Arrays.hashCode(block.targets());
            }
        }
        assertEquals(fingerprint + " " + hash, data.fingerprint() + " " + bits);
    }
}
