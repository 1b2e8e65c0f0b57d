package org.winnow.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * A real standalone cluster on loopback: a master and workers as processes of their own, started from the assembled
 * Spark home, for benchmarks and tests. Closing it, or the end of this JVM, ends every process that it started, by its own id.
 */
final class LocalCluster implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    /** A JVM that waits for others for some seconds would throw away what it has compiled, and compile it again in its turn. */
    private static final String KEEP_COMPILED = "-XX:-UseCodeCacheFlushing";

    private static final Set<LocalCluster> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(LocalCluster::close), "end of clusters"));
    }

    private final Path home;
    private final Path conf;
    private final Path logs;
    private final List<String> settings;
    private final boolean ofBenchmark;
    private final int masterPort;
    private final int webPort;
    private final List<Process> processes = new CopyOnWriteArrayList<>();
    private int workers;

    private LocalCluster(Path root, Path logs, List<String> settings, boolean ofBenchmark) {
        this.home = root.toAbsolutePath().resolve("target/spark-home");
        this.conf = root.toAbsolutePath().resolve("conf");
        this.logs = logs.toAbsolutePath();
        this.settings = List.copyOf(settings);
        this.ofBenchmark = ofBenchmark;
        masterPort = freePort();
        webPort = freePort();
    }

    /**
     * Starts a master and workers of one core each, and waits until they know each other.
     *
     * @param root of the project, built: the home has Spark's jars alone, jobs bring the one jar
     * @param logs folder for what the processes say
     */
    static LocalCluster start(Path root, Path logs, int workers) throws IOException {
        return start(root, logs, workers, List.of());
    }

    /** The same, with lines of Spark's settings for all processes, from a file that only their owner can read. */
    static LocalCluster start(Path root, Path logs, int workers, List<String> settings) throws IOException {
        Files.createDirectories(logs);
        return start(new LocalCluster(root, logs, settings, false), workers);
    }

    /** For benchmarks that take turns: the same with a folder of its own, which is gone when the cluster is closed. */
    static LocalCluster startForBenchmark(Path root, int workers, List<String> settings) throws IOException {
        Path logs = Files.createTempDirectory("winnow-cluster");
        return start(new LocalCluster(root, logs, settings, true), workers);
    }

    private static LocalCluster start(LocalCluster cluster, int workers) throws IOException {
        cluster.writeSettings();
        OPEN.add(cluster);
        try {
            cluster.processes.add(cluster.java(
                    "master",
                    "org.apache.spark.deploy.master.Master",
                    "--properties-file",
                    cluster.settingsFile().toString(),
                    "--host",
                    HOST,
                    "--port",
                    String.valueOf(cluster.masterPort),
                    "--webui-port",
                    String.valueOf(cluster.webPort)));
            await("the master", () -> answers(cluster.masterPort) && answers(cluster.webPort));
            for (int i = 0; i < workers; i++) {
                cluster.addWorker();
            }
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private Path settingsFile() {
        return logs.resolve("spark.properties");
    }

    private void writeSettings() throws IOException {
        Path file = settingsFile();
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        List<String> lines = new ArrayList<>(Files.readAllLines(conf.resolve("spark-defaults.conf")));
        lines.addAll(settings);
        Files.write(file, lines);
    }

    String url() {
        return "spark://" + HOST + ":" + masterPort;
    }

    /** Starts one more worker, and waits until the master knows it. */
    void addWorker() throws IOException {
        workers++;
        processes.add(java(
                "worker-" + workers,
                "org.apache.spark.deploy.worker.Worker",
                "--properties-file",
                settingsFile().toString(),
                "--host",
                HOST,
                "--cores",
                "1",
                "--memory",
                "2g",
                "--webui-port",
                String.valueOf(freePort()),
                "--work-dir",
                logs.resolve("work-" + workers).toString(),
                url()));
        String alive = "\"aliveworkers\" : " + workers;
        await("worker " + workers, () -> masterSays().contains(alive));
    }

    /** Submits a job as its script does; what it says goes to {@code NAME.log}. */
    Process submit(String name, String jobClass, String... words) throws IOException {
        return submitTo(url(), name, jobClass, words);
    }

    /** The same to any master. */
    Process submitTo(String master, String name, String jobClass, String... words) throws IOException {
        return submit(settingsFile(), master, name, jobClass, words);
    }

    /** The same by somebody who has other settings. */
    Process submitAsStranger(String name, String jobClass, String... words) throws IOException {
        return submit(conf.resolve("spark-defaults.conf"), url(), name, jobClass, words);
    }

    private Process submit(Path properties, String master, String name, String jobClass, String... words)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--master",
                master,
                "--properties-file",
                properties.toString(),
                "--conf",
                "spark.driver.host=" + HOST,
                "--class",
                "org.winnow.job." + jobClass,
                jar().toString()));
        arguments.addAll(List.of(words));
        Process process = java(name, "org.apache.spark.deploy.SparkSubmit", arguments.toArray(String[]::new));
        processes.add(process);
        return process;
    }

    /** The one jar that a job is. */
    Path jar() throws IOException {
        Path target = home.getParent();
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches("winnow-[0-9.]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no winnow jar in " + target + "; build the project first"));
        }
    }

    /** Executors at work now. */
    List<ProcessHandle> executors() {
        return processes.stream()
                .filter(Process::isAlive)
                .flatMap(process -> process.toHandle().descendants())
                .filter(process -> process.info()
                        .commandLine()
                        .map(line -> line.contains("CoarseGrainedExecutorBackend"))
                        .orElse(false))
                .toList();
    }

    String log(String name) {
        try {
            Path file = logs.resolve(name + ".log");
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until something holds, at most two minutes. */
    static void await(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("waited two minutes for " + what);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for " + what, e);
            }
        }
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        for (Process process : processes) {
            process.onExit().join();
        }
        if (ofBenchmark) {
            FileUtils.deleteQuietly(logs.toFile());
        }
        OPEN.remove(this);
    }

    private Process java(String name, String mainClass, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx1g");
        command.addAll(driverOptions());
        command.add("-Dlog4j2.configurationFile=" + conf.resolve("log4j2.properties"));
        command.addAll(List.of("-cp", home.resolve("jars") + "/*", mainClass));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(logs.resolve(name + ".log").toFile());
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.12");
        builder.environment().put("OMP_NUM_THREADS", "1");
        if (ofBenchmark) {
            // Workers pass it on to their executors.
            builder.environment().merge("JDK_JAVA_OPTIONS", KEEP_COMPILED, (given, more) -> given + " " + more);
        }
        return builder.start();
    }

    private List<String> driverOptions() throws IOException {
        return Files.readAllLines(conf.resolve("spark-defaults.conf")).stream()
                .filter(line -> line.startsWith("spark.driver.extraJavaOptions"))
                .flatMap(line -> Arrays.stream(line.split("\\s+")).skip(1))
                .toList();
    }

    private String masterSays() {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + webPort + "/json/"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
