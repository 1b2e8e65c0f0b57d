package org.winnow.job;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

/** One of those that {@link ScalingBench} compares: trains when it is its turn. */
interface ScalingSide extends Closeable {
    /** Waits until it has compiled what it needs. */
    void warmUp() throws IOException;

    /** Trains for a turn; rows a second. */
    double turn() throws IOException;

    /** The steps alone, in threads of this process. */
    static ScalingSide threads(int threads) {
        return new ScalingSide() {
            @Override
            public void warmUp() {
                ScalingWork.stepsAlone(threads, 10);
            }

            @Override
            public double turn() {
                return ScalingWork.stepsAlone(threads, 1);
            }

            @Override
            public void close() {
                // Its threads are gone after each turn.
            }
        };
    }

    /** So many cores of a process of its own. */
    static ScalingSide cores(int cores, Path root, ScalingBench.Config config) throws IOException {
        return new Led(LocalCluster.startForBenchmark(root, 0, List.of()), "local[" + cores + "]", config);
    }

    /** So many executors of a standalone cluster of its own; work begins when all are there. */
    static ScalingSide executors(int executors, Path root, ScalingBench.Config config) throws IOException {
        List<String> settings =
                List.of("spark.cores.max " + executors, "spark.scheduler.minRegisteredResourcesRatio 1.0");
        LocalCluster cluster = LocalCluster.startForBenchmark(root, executors, settings);
        return new Led(cluster, cluster.url(), config);
    }

    /** Led by a {@link ScalingDriver}. */
    final class Led implements ScalingSide {
        private static final int TO_COME = 60_000;
        private static final int TO_ANSWER = 1_200_000;

        private final LocalCluster cluster;
        private final Socket driver;
        private final DataInputStream answers;

        private Led(LocalCluster cluster, String master, ScalingBench.Config config) throws IOException {
            this.cluster = cluster;
            try (ServerSocket comers = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                String port = String.valueOf(comers.getLocalPort());
                cluster.submitTo(
                        master,
                        "driver",
                        ScalingDriver.class.getSimpleName(),
                        port,
                        String.valueOf(config.shards()),
                        String.valueOf(config.rounds()),
                        String.valueOf(config.turns()));
                comers.setSoTimeout(TO_COME);
                driver = comers.accept();
                driver.setSoTimeout(TO_ANSWER);
                answers = new DataInputStream(driver.getInputStream());
            } catch (IOException e) {
                String said = cluster.log("driver");
                cluster.close();
                throw new IOException("a driver did not come; it said: " + said, e);
            }
        }

        @Override
        public void warmUp() throws IOException {
            answer();
        }

        @Override
        public double turn() throws IOException {
            driver.getOutputStream().write(1);
            return answer();
        }

        private double answer() throws IOException {
            try {
                return answers.readDouble();
            } catch (IOException e) {
                throw new IOException("a driver does not answer; it said: " + cluster.log("driver"), e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                driver.close();
            } finally {
                cluster.close();
            }
        }
    }
}
