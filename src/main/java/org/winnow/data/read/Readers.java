package org.winnow.data.read;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.winnow.check.UserError;
import org.winnow.data.synthetic.Synthetic;

/** Opens data of any format. */
public final class Readers {
    private Readers() {}

    /**
     * Looks at the files and their headers; rows are read later, in tasks.
     *
     * @throws org.winnow.check.UserError if there is nothing to read, or not the columns asked for
     */
    public static Source open(SparkSession spark, String path, Format format, ColumnRules rules, Dialect dialect) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        if (format == Format.SYNTHETIC || path.startsWith(Synthetic.PREFIX)) {
            return SyntheticReader.open(context, path, rules);
        }
        DataFiles files = DataFiles.find(context.hadoopConfiguration(), path);
        Format known = format == Format.AUTO ? told(files.first(), context.hadoopConfiguration()) : format;
        return switch (known) {
            case CSV -> CsvReader.open(context, files, rules, dialect);
            case LIBSVM -> LibsvmReader.open(context, files.files(), rules, dialect);
            case PARQUET -> ParquetReader.open(context, files, rules);
            case IDX -> IdxReader.open(context, files.files(), rules);
            case AUTO, SYNTHETIC -> throw new IllegalStateException(known.name());
        };
    }

    private static Format told(Path file, Configuration hadoop) {
        String name = file.getName();
        return Format.of(name)
                .orElseThrow(() -> new UserError(DataFiles.kind(hadoop, file)
                        .map(kind -> "data.path: cannot read " + name + ": " + kind.sentence(name))
                        .orElse("data.format: cannot tell the format from the name of " + name
                                + "; set it to csv, libsvm, parquet or idx")));
    }
}
