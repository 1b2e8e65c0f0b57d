package org.winnow.job;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.winnow.data.read.FileSystems;
import org.winnow.file.StorageFault;
import org.winnow.report.Report;
import org.winnow.report.ReportSource;

/** The files of a report: {@code report.html}, and {@code plots/NAME.svg}. */
final class ReportFiles {
    static final String PAGE = ResultFolder.PAGE;
    private static final String PLOTS = ResultFolder.PLOTS;
    private static final String ENDING = ".svg";

    private ReportFiles() {}

    /** Writes the report of results among them, before they are committed. */
    static void write(SparkSession spark, OutputFolder output, String name) throws IOException {
        Report report = Report.of(source(spark, name, output.folder()));
        output.write(PAGE, report.page());
        writePlots(output, report, PLOTS + "/");
    }

    /**
     * The same, where results are not to be lost for want of a page.
     *
     * @return what went wrong; a full disk is thrown, as the results are not safe on it either
     */
    static Optional<IllegalStateException> attempt(SparkSession spark, OutputFolder output, String name)
            throws IOException {
        try {
            write(spark, output, name);
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            if (StorageFault.in(e).isPresent()) {
                throw e;
            }
            return Optional.of(new IllegalStateException(
                    "the results are whole and have no report, which jobs/report.sh makes: " + e.getMessage(), e));
        }
    }

    /** Writes the report of results that are there, beside them; an earlier report is replaced. */
    static void write(SparkSession spark, String dir) throws IOException {
        ReportSource source = source(spark, dir, new Path(dir));
        source.verify();
        Report report = Report.of(source);
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        try (OutputFolder plots = OutputFolder.claim("results.dir", dir + "/" + PLOTS, true, Parts.PLOTS, hadoop);
                OutputFolder page = OutputFolder.claim("results.dir", dir + "/" + PAGE, true, Parts.PAGE, hadoop)) {
            writePlots(plots, report, "");
            page.write(PAGE, report.page());
            plots.commit();
            page.commitOnly(PAGE);
        }
    }

    private static ReportSource source(SparkSession spark, String name, Path folder) {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        FileSystem files = FileSystems.of("results.dir", folder.toString(), hadoop);
        return new ReportSource(spark, files, name, files.makeQualified(folder));
    }

    private static void writePlots(OutputFolder output, Report report, String folder) throws IOException {
        for (var plot : report.plots().entrySet()) {
            String name = plot.getKey().replaceAll("[^\\w-]", "_");
            output.write(folder + name + ENDING, plot.getValue());
        }
    }

    /** What a report leaves among results. */
    private enum Parts implements Ours {
        PAGE {
            @Override
            public Optional<String> objection(FileSystem files, Path place) throws IOException {
                return files.getFileStatus(place).isFile()
                        ? Optional.empty()
                        : Optional.of("no page, as it is a folder");
            }

            @Override
            public boolean isFile() {
                return true;
            }
        },

        PLOTS {
            @Override
            public Optional<String> objection(FileSystem files, Path place) throws IOException {
                return Arrays.stream(files.listStatus(place))
                        .map(file -> file.getPath().getName())
                        .filter(name -> !name.endsWith(ENDING))
                        .findFirst();
            }

            @Override
            public Optional<String> foreign(FileSystem files, Path place) throws IOException {
                return objection(files, place);
            }
        }
    }
}
