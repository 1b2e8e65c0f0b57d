package org.winnow.table;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.winnow.model.ScreenedInput;
import org.winnow.model.ScreenedProduct;

/** What a screen of inputs and products found, as Datasets. */
public final class ScreenTables {
    /** One row per input of a trial; {@link ScreenedInput} says what the columns hold. Null: in no pair. */
    public static final StructType INPUTS = new StructType()
            .add("trial_id", DataTypes.StringType, false)
            .add("input", DataTypes.IntegerType, false)
            .add("name", DataTypes.StringType, false)
            .add("gate", DataTypes.IntegerType, false)
            .add("statistic", DataTypes.DoubleType, false)
            .add("freedom", DataTypes.IntegerType, false)
            .add("log_p_alone", DataTypes.DoubleType, false)
            .add("partner", DataTypes.StringType, true)
            .add("degree", DataTypes.IntegerType, true)
            .add("log_p_pair", DataTypes.DoubleType, false)
            .add("log_p_residual", DataTypes.DoubleType, false)
            .add("log_p", DataTypes.DoubleType, false);

    /** One row per product of two inputs of a trial, the best first; {@link ScreenedProduct} says what the columns hold. */
    public static final StructType PRODUCTS = new StructType()
            .add("trial_id", DataTypes.StringType, false)
            .add("first", DataTypes.StringType, false)
            .add("second", DataTypes.StringType, false)
            .add("degree", DataTypes.IntegerType, false)
            .add("statistic", DataTypes.DoubleType, false)
            .add("log_p", DataTypes.DoubleType, false)
            .add("pass", DataTypes.IntegerType, false)
            .add("significant", DataTypes.BooleanType, false);

    private ScreenTables() {}

    /**
     * Rows of {@link #INPUTS}.
     *
     * @param names of all inputs
     */
    public static Dataset<Row> inputs(
            SparkSession spark, String trialId, List<String> names, List<ScreenedInput> inputs) {
        List<Row> rows = inputs.stream()
                .map(input -> RowFactory.create(
                        trialId,
                        input.input(),
                        names.get(input.input()),
                        input.gate(),
                        input.statistic(),
                        input.freedom(),
                        input.logAlone(),
                        input.partner() < 0 ? null : names.get(input.partner()),
                        input.partner() < 0 ? null : input.degree(),
                        input.logPair(),
                        input.logResidual(),
                        input.logP()))
                .toList();
        return spark.createDataFrame(rows, INPUTS).coalesce(1);
    }

    /**
     * Rows of {@link #PRODUCTS}.
     *
     * @param names of all inputs
     */
    public static Dataset<Row> products(
            SparkSession spark, String trialId, List<String> names, List<ScreenedProduct> products) {
        List<Row> rows = products.stream()
                .map(product -> RowFactory.create(
                        trialId,
                        names.get(product.first()),
                        names.get(product.second()),
                        product.degree(),
                        product.statistic(),
                        product.logP(),
                        product.pass(),
                        product.significant()))
                .toList();
        return spark.createDataFrame(rows, PRODUCTS).coalesce(1);
    }
}
