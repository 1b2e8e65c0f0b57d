package org.winnow.check;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "no s3a://me:mine@bucket/x here ~ no s3a://***@bucket/x here",
                "[s3a://me:mine@a/, s3a://me:mine@b/] ~ [s3a://***@a/, s3a://***@b/]",
                "spark.authenticate.secret=mine and more ~ spark.authenticate.secret=*** and more",
                "spark.hadoop.fs.s3a.access.key: mine ~ spark.hadoop.fs.s3a.access.key: ***",
                "spark.ssl.keyPassword mine ~ spark.ssl.keyPassword mine",
                "train.epochs must be a whole number ~ train.epochs must be a whole number"
            })
    void areStarsInMessages(String text, String expected) {
        assertEquals(expected, Secrets.redacted(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rows.csv",
                "hdfs://host:8020/me@home/rows.csv",
                "abfss://container@account.dfs.core.windows.net/rows.csv",
                "synthetic:two-moons?rows=40",
                "C:/rows.csv"
            })
    void areNotFoundInPlainPlaces(String place) {
        assertDoesNotThrow(() -> Secrets.requireNone("data.path", place));
    }

    @Test
    void areRefusedInPlacesWithoutBeingSaid() {
        UserError error =
                assertThrows(UserError.class, () -> Secrets.requireNone("data.path", "s3a://me:mine@bucket/rows.csv"));
        assertEquals(
                "data.path must hold no name and password, as it is kept with the results; they belong into Spark's"
                        + " settings, as spark.hadoop.fs.s3a.access.key in a file for --properties-file; got"
                        + " s3a://***@bucket/rows.csv",
                error.getMessage());
    }
}
