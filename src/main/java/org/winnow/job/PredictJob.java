package org.winnow.job;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.winnow.data.DataOptions;
import org.winnow.data.EncodedRow;
import org.winnow.data.Encoder;
import org.winnow.data.Schema;
import org.winnow.data.Task;
import org.winnow.train.Predictor;
import org.winnow.train.Predictor.Prediction;

/** {@code jobs/predict.sh}: what a selected model says of new rows. */
public final class PredictJob {
    private static final String NAME = "predictions.csv";

    private PredictJob() {}

    public static void main(String[] args) {
        System.exit(runner().run(args));
    }

    static JobRunner<PredictConfig> runner() {
        return new JobRunner<>(
                "predict",
                "Applies a model that jobs/select.sh left to new rows. They need the selected features only, found by"
                        + " name; other columns are passed over.",
                PredictConfig.class,
                PredictJob::predict);
    }

    private static void predict(SparkSession spark, PredictConfig config) throws IOException {
        SavedModel model =
                SavedModel.read(config.model().dir(), spark.sparkContext().hadoopConfiguration());
        Encoder encoder = model.encoder();
        String path = config.output().path();
        boolean csv = path.toLowerCase(Locale.ROOT).endsWith(".csv");
        try (OutputFolder output = OutputFolder.claim(
                "output.path",
                path,
                config.output().overwrite(),
                csv ? Predictions.CSV : Predictions.PARQUET,
                spark.sparkContext().hadoopConfiguration())) {
            PredictConfig.Data data = config.data();
            DataOptions options = DataOptions.of(data.path())
                    .with(data.format(), data.missing(), data.missingValues(), data.dialect());
            JavaRDD<EncodedRow> rows = Reading.unlabelled(spark, options, encoder);
            Dataset<Row> predictions = spark.createDataFrame(
                    Predictor.predict(rows, model.network()).map(prediction -> row(prediction, encoder)),
                    columns(encoder));
            if (csv) {
                CsvOutput.write(predictions, output.create(NAME));
                System.out.println("Predictions: " + output.commitOnly(NAME));
            } else {
                // The folder may be there already, and is empty.
                String folder = output.folder().toString();
                output.spark(
                        "the predictions",
                        () -> predictions.write().mode(SaveMode.Append).parquet(folder));
                System.out.println("Predictions: " + output.commit());
            }
        }
    }

    private static StructType columns(Encoder encoder) {
        Schema schema = encoder.schema();
        StructType columns = new StructType().add("row", DataTypes.LongType, false);
        if (schema.task() == Task.REGRESSION) {
            return columns.add("prediction", DataTypes.DoubleType, false);
        }
        columns = columns.add("prediction", DataTypes.StringType, false);
        for (String name : schema.classes()) {
            columns = columns.add("probability_" + name, DataTypes.DoubleType, false);
        }
        return columns;
    }

    private static Row row(Prediction prediction, Encoder encoder) {
        float[] answers = prediction.answers();
        if (encoder.schema().task() == Task.REGRESSION) {
            return RowFactory.create(prediction.row(), encoder.targetMean() + answers[0] * encoder.targetScale());
        }
        List<String> classes = encoder.schema().classes();
        Object[] cells = new Object[2 + classes.size()];
        cells[0] = prediction.row();
        cells[1] = classes.get(IntStream.range(0, answers.length)
                .reduce((best, i) -> answers[i] > answers[best] ? i : best)
                .orElseThrow());
        for (int i = 0; i < answers.length; i++) {
            cells[2 + i] = (double) answers[i];
        }
        return RowFactory.create(cells);
    }
}
