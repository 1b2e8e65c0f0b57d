package org.winnow.ml;

import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.winnow.data.Encoder;
import org.winnow.data.read.Invalid;

/** Columns of predictions: in schemas, and filled. A column without a name is left out. */
final class Outputs {
    private Outputs() {}

    /** A schema with the columns of a classifier; {@code classes} is 0 as long as it is not known. */
    static StructType ofClasses(SparseClassifierParams params, StructType schema, int classes) {
        Columns.requireVector(schema, "featuresCol", params.getFeaturesCol());
        StructType with = vectors(schema, "rawPredictionCol", params.getRawPredictionCol(), classes);
        with = vectors(with, "probabilityCol", params.getProbabilityCol(), classes);
        return number(
                with,
                params.getPredictionCol(),
                classes > 0 ? NominalAttribute.defaultAttr().withNumValues(classes) : NominalAttribute.defaultAttr());
    }

    /** A schema with the column of a regressor. */
    static StructType ofNumbers(SparsePredictorParams params, StructType schema) {
        Columns.requireVector(schema, "featuresCol", params.getFeaturesCol());
        return number(schema, params.getPredictionCol(), NumericAttribute.defaultAttr());
    }

    private static StructType number(StructType schema, String name, Attribute meaning) {
        return name.isEmpty()
                ? schema
                : add(
                        schema,
                        "predictionCol",
                        name,
                        DataTypes.DoubleType,
                        meaning.withName(name).toMetadata());
    }

    private static StructType vectors(StructType schema, String param, String name, int size) {
        if (name.isEmpty()) {
            return schema;
        }
        AttributeGroup group = size > 0 ? new AttributeGroup(name, size) : new AttributeGroup(name);
        return add(schema, param, name, SQLDataTypes.VectorType(), group.toMetadata());
    }

    private static StructType add(StructType schema, String param, String name, DataType type, Metadata metadata) {
        Columns.requireFree(schema, param, name);
        return schema.add(new StructField(name, type, true, metadata));
    }

    /** Rows with what a classifier says of them. */
    static Dataset<Row> classes(
            SparseClassifierParams params,
            PrunedNetwork pruned,
            Decision decision,
            Dataset<?> dataset,
            StructType schema) {
        String named = params.getRawPredictionCol();
        String raw = named.isEmpty() ? params.uid() + "__raw" : named;
        Column answers = functions.col(Columns.quoted(raw));
        UDF1<Vector, Vector> probabilities = Answers::probabilities;
        Dataset<Row> rows = answered(params, pruned, dataset, raw);
        rows = filled(rows, schema, named, answers);
        rows = filled(
                rows,
                schema,
                params.getProbabilityCol(),
                functions.udf(probabilities, SQLDataTypes.VectorType()).apply(answers));
        rows = filled(
                rows,
                schema,
                params.getPredictionCol(),
                functions.udf(decision, DataTypes.DoubleType).apply(answers));
        return named.isEmpty() ? rows.drop(raw) : rows;
    }

    /** Rows with what a regressor says of them, in the label's own unit. */
    static Dataset<Row> numbers(
            SparsePredictorParams params, PrunedNetwork pruned, Dataset<?> dataset, StructType schema) {
        if (params.getPredictionCol().isEmpty()) {
            return dataset.toDF();
        }
        String raw = params.uid() + "__raw";
        Encoder encoder = pruned.learned().encoder();
        double mean = encoder.targetMean();
        double scale = encoder.targetScale();
        UDF1<Vector, Double> inUnits = vector -> mean + vector.apply(0) * scale;
        Column number = functions.udf(inUnits, DataTypes.DoubleType).apply(functions.col(Columns.quoted(raw)));
        return filled(answered(params, pruned, dataset, raw), schema, params.getPredictionCol(), number)
                .drop(raw);
    }

    /** What a model takes of vectors. */
    static Slice slice(SparsePredictorParams params, PrunedNetwork pruned) {
        return new Slice(
                pruned.learned().width(),
                pruned.learned().places(),
                Settings.constant(Invalid.class, params.getHandleInvalid()),
                params.getFeaturesCol());
    }

    private static Dataset<Row> answered(
            SparsePredictorParams params, PrunedNetwork pruned, Dataset<?> dataset, String column) {
        Slice slice = slice(params, pruned);
        SentAnswers answers = new SentAnswers(
                slice,
                pruned.learned().encoder(),
                dataset.sparkSession()
                        .sparkContext()
                        .broadcast(pruned.networkFile(), scala.reflect.ClassTag$.MODULE$.apply(byte[].class)));
        return slice.usable(dataset)
                .withColumn(
                        column,
                        functions
                                .udf(answers, SQLDataTypes.VectorType())
                                .apply(functions.col(Columns.quoted(params.getFeaturesCol()))));
    }

    private static Dataset<Row> filled(Dataset<Row> rows, StructType schema, String name, Column values) {
        return name.isEmpty()
                ? rows
                : rows.withColumn(name, values.as(name, schema.apply(name).metadata()));
    }
}
