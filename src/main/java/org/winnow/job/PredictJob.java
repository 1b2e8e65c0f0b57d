package org.winnow.job;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.winnow.check.UserError;
import org.winnow.data.DataOptions;
import org.winnow.data.EncodedRow;
import org.winnow.data.Encoder;
import org.winnow.data.EncoderJson;
import org.winnow.data.Schema;
import org.winnow.data.Task;
import org.winnow.data.read.FileSystems;
import org.winnow.file.Manifest;
import org.winnow.file.WholeFile;
import org.winnow.layer.NetworkStates;
import org.winnow.model.NetworkState;
import org.winnow.train.Predictor;
import org.winnow.train.Predictor.Prediction;

/** {@code jobs/predict.sh}: what a selected model says of new rows. */
public final class PredictJob {
    private static final String NAME = "predictions.csv";
    private static final long MOST_OF_NETWORK = Integer.MAX_VALUE - 8;

    /** A million features, with names of fifty letters. */
    private static final long MOST_OF_ENCODER = 1 << 27;

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
        FileSystem files = FileSystems.of(
                "model.dir", config.model().dir(), spark.sparkContext().hadoopConfiguration());
        Path dir = new Path(config.model().dir());
        Manifest manifest = manifest(files, dir);
        Encoder encoder = EncoderJson.read(
                new String(read(files, dir, manifest, SelectionFiles.ENCODER, MOST_OF_ENCODER), StandardCharsets.UTF_8),
                new Path(dir, SelectionFiles.ENCODER).toString());
        NetworkState network = network(read(files, dir, manifest, SelectionFiles.NETWORK, MOST_OF_NETWORK), dir);
        int inputs = NetworkStates.inputs(network);
        if (inputs != encoder.schema().inputs()) {
            throw new UserError(
                    "model.dir: in " + dir + ", the network takes " + inputs + " inputs and the encoder makes "
                            + encoder.schema().inputs() + "; the files belong to different models");
        }
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
                    Predictor.predict(rows, network).map(prediction -> row(prediction, encoder)), columns(encoder));
            if (csv) {
                CsvOutput.write(predictions, output.create(NAME));
                System.out.println("Predictions: " + output.commitOnly(NAME));
            } else {
                // The folder may be there already, and is empty.
                predictions
                        .write()
                        .mode(SaveMode.Append)
                        .parquet(output.folder().toString());
                System.out.println("Predictions: " + output.commit());
            }
        }
    }

    private static Manifest manifest(FileSystem files, Path dir) {
        try {
            return Manifest.read(files, dir, SelectionFiles.MODEL);
        } catch (FileNotFoundException e) {
            return ofFirstVersion(files, dir)
                    .orElseThrow(() -> new UserError(
                            "model.dir: " + dir + " is not a model of jobs/select.sh or jobs/prune.sh: it has no "
                                    + Manifest.NAME + ", which is written last",
                            e));
        } catch (IOException e) {
            throw notAModel(dir, e);
        }
    }

    /** What is in the folder of a model that version 0.1 saved, which wrote no manifest; empty: it is none. */
    private static Optional<Manifest> ofFirstVersion(FileSystem files, Path dir) {
        Path encoder = new Path(dir, SelectionFiles.ENCODER);
        try {
            String json = new String(WholeFile.read(files, encoder, MOST_OF_ENCODER), StandardCharsets.UTF_8);
            if (!EncoderJson.isWithoutManifest(json, encoder.toString())) {
                return Optional.empty();
            }
            System.err.println("warning: " + dir + " was saved by version 0.1, without " + Manifest.NAME
                    + "; whether its files are as they were written is not known");
            return Optional.of(Manifest.measured(files, dir, SelectionFiles.MODEL, part -> true));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw notAModel(dir, e);
        }
    }

    private static byte[] read(FileSystem files, Path dir, Manifest manifest, String name, long most) {
        try {
            return manifest.read(files, dir, name, most);
        } catch (IOException e) {
            throw notAModel(dir, e);
        }
    }

    private static NetworkState network(byte[] zip, Path dir) {
        try {
            return NetworkStates.read(new ByteArrayInputStream(zip));
        } catch (IOException | RuntimeException e) {
            throw notAModel(dir, e);
        }
    }

    private static UserError notAModel(Path dir, Exception e) {
        return new UserError(
                "model.dir: " + dir + " is not a model as jobs/select.sh or jobs/prune.sh left it: " + e.getMessage(),
                e);
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
