package org.winnow.data.read;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
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
        Format known = format == Format.AUTO ? Format.of(files.first().getName()) : format;
        return switch (known) {
            case CSV -> CsvReader.open(context, files, rules, dialect);
            case LIBSVM -> LibsvmReader.open(context, files.files(), rules, dialect);
            case PARQUET -> ParquetReader.open(context, files, rules);
            case IDX -> IdxReader.open(context, files.files(), rules);
            case AUTO, SYNTHETIC -> throw new IllegalStateException(known.name());
        };
    }
}
