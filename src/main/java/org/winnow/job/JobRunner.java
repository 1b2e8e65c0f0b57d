package org.winnow.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.winnow.check.InputTrouble;
import org.winnow.check.Secrets;
import org.winnow.check.Shown;
import org.winnow.check.UserError;
import org.winnow.file.StorageFault;
import org.winnow.file.Unwritten;
import org.winnow.kernel.Kernel;

/**
 * Runs a job from its command line: configuration first, then Spark, then the work.
 *
 * @param script name of the script in {@code jobs/} without its ending
 * @param purpose what the job does, for {@code --help}
 * @param options the record of its keys
 */
record JobRunner<R extends Record>(String script, String purpose, Class<R> options, Work<R> work) {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    static final int DONE = 0;
    static final int OUR_FAULT = 1;
    static final int INPUT_WRONG = 2;
    static final int INTERRUPTED = 130;

    private static final int BEFORE_ALL_OTHERS = 1000;
    private static final int AFTER_SPARK = 30;
    private static final long MEBIBYTE = 1 << 20;

    /** What a job does once its configuration is known to be right. */
    @FunctionalInterface
    interface Work<R> {
        void run(SparkSession spark, R options) throws IOException;
    }

    /** The work is done and written down, and is no success: the message says why. */
    static final class Unsuccessful extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unsuccessful(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    private interface Body<R> {
        void run(R settings) throws IOException;
    }

    /** Runs with the words of the command line in a Spark session of its own; returns the exit code. */
    int run(String... words) {
        return run(
                settings -> {
                    Thread.setDefaultUncaughtExceptionHandler((thread, e) ->
                            System.err.println(script + ": " + firstLine(e) + " (" + Trace.written(script, e) + ")"));
                    System.err.println(script + ": " + kernel().description());
                    try (SparkSession spark = session()) {
                        work.run(spark, settings);
                    }
                },
                words);
    }

    /** Runs in a session that goes on afterwards. */
    int run(SparkSession spark, String... words) {
        return run(settings -> work.run(spark, settings), words);
    }

    /** Of the driver; executors have the one that their options name. */
    private static Kernel kernel() {
        try {
            return Kernel.named(System.getProperty(Kernel.PROPERTY, "auto"));
        } catch (IllegalArgumentException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }

    private SparkSession session() {
        // A Spark that is interrupted complains of all that it stops; the job says what there is to say.
        ShutdownHookManager.get()
                .addShutdownHook(
                        () -> Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.OFF), BEFORE_ALL_OTHERS);
        try {
            return SparkSession.builder().appName("winnow " + script).getOrCreate();
        } catch (Exception e) {
            if (String.valueOf(e.getMessage()).contains("--driver-memory")) {
                throw new UserError(
                        "DRIVER_MEMORY must be at least 512m for Spark, the heap has "
                                + Runtime.getRuntime().maxMemory() / MEBIBYTE + " MiB",
                        e);
            }
            if (StorageFault.in(e).isPresent()) {
                throw new IllegalStateException("Spark does not start", e);
            }
            throw new UserError(
                    "MASTER: Spark does not start at " + System.getProperty("spark.master", "no master") + ": "
                            + firstLine(e),
                    e);
        }
    }

    private int run(Body<R> body, String... words) {
        Map<String, String> settings = new LinkedHashMap<>();
        AtomicBoolean ended = new AtomicBoolean();
        Runnable hook = () -> {
            if (!ended.get()) {
                System.err.println("\n" + script + ": stopped before its results were written");
            }
        };
        ShutdownHookManager.get().addShutdownHook(hook, AFTER_SPARK);
        try {
            Arguments arguments = Arguments.parse(words);
            if (arguments.help()) {
                System.out.print(Help.of(script, purpose, options));
                return DONE;
            }
            if (arguments.version()) {
                System.out.println("winnow " + version());
                return DONE;
            }
            R read = read(options, arguments);
            settings.putAll(SettingsReader.flatten(read));
            body.run(read);
            return DONE;
        } catch (UserError e) {
            return inputWrong(e);
        } catch (Unsuccessful e) {
            System.err.println(script + ": " + Secrets.redacted(e.getMessage()));
            return OUR_FAULT;
        } catch (Throwable e) { // Spark and Hadoop throw errors for what only a full disk is to blame for.
            return isStopping() ? INTERRUPTED : failed(e, settings);
        } finally {
            ended.set(!isStopping());
            if (!isStopping()) {
                ShutdownHookManager.get().removeShutdownHook(hook);
            }
        }
    }

    /**
     * What a job is told: what is given, what follows from that, and the defaults.
     *
     * @throws UserError if it is not right, or something given has no effect
     */
    static <R extends Record> R read(Class<R> options, Arguments arguments) {
        R read = SettingsReader.read(options, arguments.conf(), ImpliedKeys.with(options, arguments));
        IdleKeys.requireNone(read, arguments);
        return read;
    }

    private static boolean isStopping() {
        return ShutdownHookManager.get().isShutdownInProgress();
    }

    /** Says in one sentence what went wrong; returns the exit code. */
    private int failed(Throwable e, Map<String, String> settings) {
        Optional<UserError> users = causes(e)
                .filter(UserError.class::isInstance)
                .map(UserError.class::cast)
                .findFirst();
        if (users.isPresent()) {
            return inputWrong(users.get());
        }
        Optional<StorageFault> storage = StorageFault.in(e);
        Optional<String> input = storage.isPresent() ? Optional.empty() : InputTrouble.of(e);
        if (input.isPresent()) {
            LOG.info("{} failed", script, e);
            return inputWrong(new UserError(input.get(), e));
        }
        String sentence;
        if (storage.isPresent()) {
            sentence = storage.get().sentence() + ": " + Places.withRoom(settings, new Configuration())
                    + Unwritten.need(e).map(need -> "; " + need).orElse("") + "; "
                    + storage.get().cure()
                    + ", or give another place, and the same command goes on or begins anew; nothing half"
                    + " written was left";
        } else if (causes(e).anyMatch(OutOfMemoryError.class::isInstance)) {
            sentence = "out of memory, with " + Runtime.getRuntime().maxMemory() / MEBIBYTE
                    + " MiB of heap in the driver; DRIVER_MEMORY=8g before the command raises that, and"
                    + " SPARK_OPTIONS=\"--executor-memory 8g\" that of executors: " + firstLine(e);
        } else {
            sentence = "failed, and not by your input: " + firstLine(e);
        }
        System.err.println(script + ": " + Secrets.redacted(sentence) + " (" + Trace.written(script, e) + ")");
        return OUR_FAULT;
    }

    /** The version that the build wrote. */
    static String version() {
        try (InputStream in = JobRunner.class.getResourceAsStream("/org/winnow/version.properties")) {
            if (in == null) {
                throw new IllegalStateException("version.properties is not on the class path");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstLine(Throwable e) {
        return Secrets.redacted(e.toString().lines().findFirst().orElse(""));
    }

    private int inputWrong(UserError e) {
        System.err.println(script + ": " + Shown.plain(Secrets.redacted(e.getMessage())));
        return INPUT_WRONG;
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause).limit(20);
    }
}
