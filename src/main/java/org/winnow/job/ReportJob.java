package org.winnow.job;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkException;
import org.apache.spark.sql.SparkSession;
import org.winnow.check.UserError;
import org.winnow.data.read.FileSystems;
import org.winnow.report.Report;

/** {@code jobs/report.sh}: a page to look at, of what another job left. */
public final class ReportJob {
    private ReportJob() {}

    public static void main(String[] args) {
        Report.begin(); // Spark takes its time to start.
        System.exit(runner().run(args));
    }

    static JobRunner<ReportConfig> runner() {
        return new JobRunner<>(
                "report",
                "Makes report.html of what select, prune or sweep left, and its plots as SVG files, beside the tables."
                        + " The page opens from disk and needs nothing else.",
                ReportConfig.class,
                ReportJob::report);
    }

    private static void report(SparkSession spark, ReportConfig config) throws IOException {
        String dir = config.results().dir();
        requireFolder(dir, spark.sparkContext().hadoopConfiguration());
        try {
            ReportFiles.write(spark, dir);
        } catch (Exception e) { // Spark's exceptions are checked, and not declared.
            if (e instanceof SparkException) {
                throw new UserError("results.dir: the tables in " + dir + " cannot be read: " + deepest(e), e);
            }
            throw e;
        }
        System.out.println("Report: " + dir + "/" + ReportFiles.PAGE);
    }

    private static void requireFolder(String dir, Configuration hadoop) throws IOException {
        FileSystem files = FileSystems.of("results.dir", dir, hadoop);
        Path folder = new Path(dir);
        if (!files.exists(folder)) {
            throw new UserError("results.dir: there is no folder " + dir);
        }
        if (!files.getFileStatus(folder).isDirectory()) {
            throw new UserError("results.dir must be a folder that select, prune or sweep left, got the file " + dir);
        }
    }

    private static String deepest(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString().lines().findFirst().orElse("");
    }
}
