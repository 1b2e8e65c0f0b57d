package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.data.DataLoader;
import org.winnow.data.LoadedData;
import org.winnow.gate.Gaussian;
import org.winnow.gate.Reduction;
import org.winnow.layer.GateLayer;
import org.winnow.model.NetworkState;
import org.winnow.train.AveragingTrainer;
import org.winnow.train.AveragingTrainer.Trained;
import org.winnow.train.Head;
import org.winnow.train.Networks;
import org.winnow.train.Round;
import org.winnow.train.Run;

/** One, three and eight shards each train to the bits of one core, wherever they run and whatever happens there. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class ShardsIT {
    private static final int[] SHARDS = {1, 3, 8};
    private static final int MIDDLE = 5;

    @TempDir
    static Path dir;

    private static LocalCluster cluster;
    private static List<Trained> onOneCore;

    @BeforeAll
    static void start() throws IOException {
        cluster = LocalCluster.start(Path.of(""), dir.resolve("logs"), 2);
        onOneCore = train("local[1]", Map.of(), shards -> round -> {});
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    /** Hears of the rounds of a training on so many shards. */
    private interface Listeners {
        Round.Listener of(int shards);
    }

    /** Trains on each number of shards, in a driver of its own. */
    private static List<Trained> train(String master, Map<String, String> keys, Listeners listeners) {
        List<Trained> trained = new ArrayList<>();
        try (SparkSession spark = session(master)) {
            for (int shards : SHARDS) {
                trained.add(train(spark, config(shards, keys), listeners.of(shards)));
            }
        }
        return trained;
    }

    /** What spark-submit would make of the project's properties. */
    private static SparkSession session(String master) {
        Properties properties = new Properties();
        SparkSession.Builder builder = SparkSession.builder()
                .master(master)
                .appName("shards")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1");
        try (InputStream in = new FileInputStream("conf/spark-defaults.conf")) {
            properties.load(in);
            if (master.equals(cluster.url())) {
                builder.config("spark.jars", cluster.jar().toString());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        properties.forEach((key, value) -> builder.config((String) key, ((String) value).strip()));
        return builder.getOrCreate();
    }

    private static SelectConfig config(int shards, Map<String, String> keys) {
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "data.path", "synthetic:two-moons?rows=400&noise_features=4",
                // Large enough that results are fetched as blocks.
                "network.hidden", "[400, 300]",
                "train.epochs", "2",
                "train.batch_size", "5",
                "train.averaging_frequency", "2",
                "train.outer", "nesterov",
                "train.shards", String.valueOf(shards)));
        all.putAll(keys);
        return SettingsReader.read(SelectConfig.class, Optional.empty(), all);
    }

    private static Trained train(SparkSession spark, SelectConfig config, Round.Listener listener) {
        LoadedData data = DataLoader.load(spark, config.data(), config.train().shards(), 1);
        int inputs = data.schema().inputs();
        Head head = Head.classes(data.schema().outputs());
        GateLayer gates = GateLayer.of(new Gaussian(0.5), inputs, new long[0], new int[0], 0.05, Reduction.SUM);
        NetworkState start = Networks.build(Optional.of(gates), inputs, head, config.network(), config.train());
        Run run = new Run("shards" + config.train().shards() + "-selecting", new Configuration(), listener);
        return AveragingTrainer.fit(data.shards(), start, head, config.train(), run);
    }

    private static void assertSameBits(List<Trained> trained) {
        for (int i = 0; i < SHARDS.length; i++) {
            int shards = SHARDS[i];
            Trained expected = onOneCore.get(i);
            Trained actual = trained.get(i);
            assertArrayEquals(expected.network().parameters(), actual.network().parameters(), () -> shards + " shards");
            assertEquals(expected.loss(), actual.loss());
            assertEquals(expected.heldOut(), actual.heldOut());
            assertArrayEquals(
                    expected.gatesOverRounds().squares(),
                    actual.gatesOverRounds().squares());
        }
    }

    @Test
    void onTwoCores() {
        assertSameBits(train("local[2]", Map.of(), shards -> round -> {}));
    }

    @Test
    void onACluster() {
        assertSameBits(train(cluster.url(), Map.of(), shards -> round -> {}));
    }

    @Test
    void withAnExecutorKilledInTheMiddle() {
        List<Long> killed = new ArrayList<>();
        assertSameBits(train(cluster.url(), Map.of(), shards -> round -> {
            if (round.number() == MIDDLE) {
                ProcessHandle executor = cluster.executors().get(0);
                assertTrue(executor.destroyForcibly());
                killed.add(executor.pid());
            }
        }));
        assertEquals(SHARDS.length, killed.stream().distinct().count());
    }

    @Test
    void withADriverThatIsGoneAndAnotherThatGoesOn() {
        Map<String, String> kept = Map.of(
                "train.checkpoint.dir", dir.resolve("checkpoints").toString(), "train.checkpoint.every_rounds", "1");
        try (SparkSession spark = session(cluster.url())) {
            for (int shards : SHARDS) {
                assertThrows(
                        IllegalStateException.class,
                        () -> train(spark, config(shards, kept), round -> {
                            if (round.number() == MIDDLE) {
                                throw new IllegalStateException("gone");
                            }
                        }));
            }
        }
        List<Integer> resumed = new ArrayList<>();
        assertSameBits(train(cluster.url(), kept, shards -> round -> resumed.add(round.number())));
        assertEquals(MIDDLE + 1, Collections.min(resumed));
    }
}
