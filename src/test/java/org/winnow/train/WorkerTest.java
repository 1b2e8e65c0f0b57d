package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.winnow.data.Block;
import org.winnow.data.Shard;
import org.winnow.gate.BinaryConcrete;
import org.winnow.gate.GateDistribution;
import org.winnow.gate.Gaussian;
import org.winnow.gate.Reduction;
import org.winnow.layer.GateLayer;
import org.winnow.layer.SparseLayer;
import org.winnow.model.NetworkState;
import org.winnow.operator.Linear;
import org.winnow.sparsifier.Dense;
import org.winnow.sparsifier.GatedWeights;
import org.winnow.sparsifier.Lasso;
import org.winnow.sparsifier.MagnitudePruning;
import org.winnow.sparsifier.Sparsifier;
import org.winnow.sparsifier.Variational;

/** Executor threads keep their networks: what one did before must not show in what it does next. */
class WorkerTest {
    private static final TrainOptions OPTIONS = TrainOptions.of(4, 16, 0.01, 5, 1);

    static Stream<NetworkState> networks() {
        Stream<NetworkState> gated =
                Stream.of(new Gaussian(), new BinaryConcrete()).map(WorkerTest::gated);
        Stream<NetworkState> sparse = Stream.of(
                        new Dense(), new Variational(), new GatedWeights(), new MagnitudePruning(), new Lasso())
                .map(method -> network(sparse(method).build()));
        Stream<NetworkState> noisy = Stream.of(
                network(sparse(new Dense()).dropOut(0.8).build()),
                network(new DenseLayer.Builder()
                        .nIn(Rows.COLUMNS)
                        .nOut(8)
                        .dropOut(0.8)
                        .build()),
                network(new DenseLayer.Builder()
                        .nIn(Rows.COLUMNS)
                        .nOut(8)
                        .dropOut(new GaussianNoise(0.1))
                        .build()),
                network(new DenseLayer.Builder()
                        .nIn(Rows.COLUMNS)
                        .nOut(8)
                        .weightNoise(new DropConnect(0.8))
                        .build()));
        return Stream.of(gated, sparse, noisy).flatMap(Function.identity());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void aRoundIsTheSameWhateverItsThreadDidBefore(NetworkState start) {
        Shard shard = new Shard(0, Rows.block(50, 1), Rows.block(20, 2));
        Supplier<PartialMean> round = () -> take(start, OPTIONS, 0, shard);
        PartialMean fresh = onAThreadOfItsOwn(round);
        PartialMean later = onAThreadOfItsOwn(() -> {
            TrainOptions scheduled = OptionsOf.schedules(OPTIONS, List.of("0:3", "2:0.5"), List.of("0:2", "2:0.7"));
            take(start, OptionsOf.inputNoise(scheduled, 0.1), 7, weighted(40));
            return round.get();
        });
        assertArrayEquals(fresh.parameters().bytes(), later.parameters().bytes());
        assertArrayEquals(fresh.updaterState().bytes(), later.updaterState().bytes());
        assertEquals(fresh.loss(), later.loss());
        assertEquals(fresh.heldOut(), later.heldOut());
    }

    private static PartialMean take(NetworkState start, TrainOptions options, int epochs, Shard shard) {
        RoundInput input = new RoundInput(
                start.configuration(),
                options,
                epochs,
                5 * epochs,
                Packed.of(start.parameters()),
                Packed.NONE,
                0,
                5,
                true);
        return Worker.of(start.configuration()).take(input, shard, Rows.HEAD);
    }

    private static PartialMean onAThreadOfItsOwn(Supplier<PartialMean> round) {
        return CompletableFuture.supplyAsync(round, task -> new Thread(task).start())
                .join();
    }

    private static Shard weighted(int rows) {
        Block plain = Rows.block(rows, 3);
        float[] weights = new float[rows];
        for (int row = 0; row < rows; row++) {
            weights[row] = row % 3;
        }
        return new Shard(1, new Block(rows, Rows.COLUMNS, plain.inputs(), plain.targets(), weights), plain);
    }

    private static NetworkState gated(GateDistribution distribution) {
        GateLayer gates = GateLayer.of(distribution, Rows.COLUMNS, new long[0], new int[0], 0.05, Reduction.SUM);
        NetworkOptions hidden = new NetworkOptions(List.of(8), NetworkOptions.Activation.TANH);
        return Networks.build(Optional.of(gates), Rows.COLUMNS, Rows.HEAD, hidden, OPTIONS);
    }

    private static SparseLayer.Builder sparse(Sparsifier method) {
        return new SparseLayer.Builder(new Linear(Rows.COLUMNS, 8), method).regWeight(0.01);
    }

    private static NetworkState network(Layer first) {
        MultiLayerConfiguration configuration = Networks.learning(OPTIONS)
                .list()
                .layer(first)
                .layer(Networks.output(Rows.HEAD).nIn(8).build())
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return new NetworkState(configuration.toJson(), network.params().toFloatVector());
    }
}
