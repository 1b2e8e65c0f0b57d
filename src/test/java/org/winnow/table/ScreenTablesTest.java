package org.winnow.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.winnow.SparkTest;
import org.winnow.model.ScreenedInput;
import org.winnow.model.ScreenedProduct;

class ScreenTablesTest {
    private static final List<String> NAMES = List.of("size", "colour=red");

    @Test
    void rowsNameInputsAndPartners() {
        List<Row> inputs = ScreenTables.inputs(
                        SparkTest.session(),
                        "t1",
                        NAMES,
                        List.of(
                                new ScreenedInput(0, 0, 9.5, 4, -2, 1, 2, -7, -1, -6),
                                new ScreenedInput(1, 1, 0, 0, 0, -1, 0, 0, 0, 0)))
                .collectAsList();
        assertEquals(
                RowFactory.create("t1", 0, "size", 0, 9.5, 4, -2.0, "colour=red", 2, -7.0, -1.0, -6.0), inputs.get(0));
        assertEquals(
                RowFactory.create("t1", 1, "colour=red", 1, 0.0, 0, 0.0, null, null, 0.0, 0.0, 0.0), inputs.get(1));
        List<Row> products = ScreenTables.products(
                        SparkTest.session(), "t1", NAMES, List.of(new ScreenedProduct(0, 1, 2, 30, -9, 1, true)))
                .collectAsList();
        assertEquals(List.of(RowFactory.create("t1", "size", "colour=red", 2, 30.0, -9.0, 1, true)), products);
    }
}
