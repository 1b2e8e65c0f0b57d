package org.winnow.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.winnow.check.UserError;
import org.winnow.doctor.Doctor;
import org.winnow.doctor.Environment;
import org.winnow.doctor.Examination;
import org.winnow.doctor.Finding;
import org.winnow.doctor.MemoryPlan;
import org.winnow.model.Setting;

/** {@code jobs/doctor.sh}: whether jobs will run here, on the driver and on every executor. */
public final class DoctorJob {
    private static final Map<String, String> OPTIONS = Map.of("--parameters", "parameters", "--batch", "batch");

    private DoctorJob() {}

    /** What the doctor can be told. */
    record Config(
            @Setting(value = "Parameters of the network that memory is worked out for", byDefault = "266610")
            long parameters,

            @Setting(value = "Rows of its minibatch", byDefault = "128", unit = "rows")
            int batch,

            @Setting(
                    value = "Values that a row becomes on its way through all layers, its own included; 0: four times"
                            + " the square root of the parameters",
                    byDefault = "0")
            long units,

            @Setting(value = "Where results will be written", byDefault = "out")
            String dir) {
        Config {
            var checked = new MemoryPlan(parameters, batch, units, 1);
            units = checked.units();
        }
    }

    public static void main(String[] args) {
        System.exit(runner().run(asKeys(args)));
    }

    static JobRunner<Config> runner() {
        return new JobRunner<>(
                "doctor",
                "Checks the driver and every executor, and works out the memory that a network takes:"
                        + " --parameters N --batch B.",
                Config.class,
                DoctorJob::examine);
    }

    /** {@code --batch B} means {@code batch=B}. */
    private static String[] asKeys(String... words) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            String key = OPTIONS.get(words[i]);
            keys.add(key != null && i + 1 < words.length ? key + "=" + words[++i] : words[i]);
        }
        return keys.toArray(String[]::new);
    }

    private static void examine(SparkSession session, Config config) {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        int tasks = Math.max(1, spark.getConf().getInt("spark.executor.cores", 1));
        System.out.println(new MemoryPlan(config.parameters(), config.batch(), config.units(), tasks).inWords());
        Doctor doctor = new Doctor(spark);
        List<Environment> environments = probe(doctor, config.dir());
        long failures = environments.stream().mapToLong(DoctorJob::show).sum();
        int answered = environments.size() - 1;
        if (doctor.registered() > answered) {
            throw new UserError("of " + doctor.registered() + " executors only " + answered
                    + " answered; look for the others in Spark's pages");
        }
        if (failures > 0) {
            throw new UserError(failures + " of the checks above failed; each says what cures it");
        }
        System.out.println("doctor: the driver and " + answered + " executors are fit");
    }

    private static List<Environment> probe(Doctor doctor, String dir) {
        try {
            return doctor.probe(dir);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof SparkException || e.getClass().getName().startsWith("org.apache.spark")) {
                throw new UserError(
                        "executors run no task of ours: " + e.getMessage()
                                + "; they need a JDK 17 and the options of conf/spark-defaults.conf",
                        e);
            }
            throw e;
        }
    }

    /** Prints the findings of a process; returns how many are failures. */
    private static long show(Environment environment) {
        System.out.println(environment.place());
        List<Finding> findings = Examination.all().stream()
                .map(examination -> examination.of(environment))
                .toList();
        for (Finding finding : findings) {
            String cure = finding.cure().isEmpty() ? "" : "; cure: " + finding.cure();
            System.out.println(
                    String.format(Locale.ROOT, "  %-8s", finding.level().name().toLowerCase(Locale.ROOT))
                            + finding.what()
                            + cure);
        }
        return findings.stream()
                .filter(finding -> finding.level() == Finding.Level.FAILURE)
                .count();
    }
}
