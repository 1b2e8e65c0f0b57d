package org.winnow.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.SparkTest;
import scala.collection.JavaConverters;

class LocalTableTest {
    private static final StructType COLUMNS = new StructType()
            .add("text", DataTypes.StringType, false)
            .add("maybe_text", DataTypes.StringType, true)
            .add("int", DataTypes.IntegerType, false)
            .add("long", DataTypes.LongType, true)
            .add("double", DataTypes.DoubleType, true)
            .add("truth", DataTypes.BooleanType, true)
            .add("texts", DataTypes.createArrayType(DataTypes.StringType, false), false)
            .add("longs", DataTypes.createArrayType(DataTypes.LongType, false), true)
            .add("params", DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType, false), false);

    private static final LocalTable TABLE = new LocalTable(
            COLUMNS,
            List.of(
                    RowFactory.create(
                            "größe, 大きさ 🌾",
                            "x",
                            Integer.MIN_VALUE,
                            Long.MAX_VALUE,
                            Double.NaN,
                            true,
                            new String[] {"a", "", "ü"},
                            new long[] {1, -2, 3},
                            map(Map.of("data.path", "ä.csv", "b", ""))),
                    RowFactory.create("", null, 0, null, null, null, new String[0], null, map(Map.of())),
                    RowFactory.create(
                            "c", null, 1, 2L, -0.0, false, new String[] {"b"}, new long[0], map(Map.of("k", "v"))),
                    RowFactory.create(
                            "d",
                            "",
                            7,
                            0L,
                            Double.POSITIVE_INFINITY,
                            true,
                            new String[0],
                            new long[] {0},
                            map(Map.of()))));

    @TempDir
    Path dir;

    private final Configuration hadoop = new Configuration();

    private static Object map(Map<String, String> map) {
        return JavaConverters.mapAsScalaMap(map);
    }

    private Path written(LocalTable table, String name) throws IOException {
        Path file = Files.createDirectories(dir.resolve("table")).resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            table.write(out, hadoop);
        }
        return file;
    }

    /** As Spark writes it. */
    private Path writtenBySpark(LocalTable table, String name) throws IOException {
        Path folder = dir.resolve(name);
        Tables.write(table.on(SparkTest.session()), folder.toString());
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private FileStatus status(Path file) throws IOException {
        return FileSystem.getLocal(hadoop)
                .getRawFileSystem()
                .getFileStatus(new org.apache.hadoop.fs.Path(file.toUri()));
    }

    private List<Row> read(Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (ParquetRowReader reader = ParquetRowReader.open(status(file), hadoop)) {
            reader.read(COLUMNS.add(Tables.VERSION_COLUMN, DataTypes.IntegerType), rows::add);
        }
        return rows;
    }

    private FileMetaData footer(Path file) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromStatus(status(file), hadoop))) {
            return reader.getFooter().getFileMetaData();
        }
    }

    @Test
    void theFileIsOneThatSparkWouldWrite() throws IOException {
        FileMetaData ours = footer(written(TABLE, "part-0.snappy.parquet"));
        FileMetaData sparks = footer(writtenBySpark(TABLE, "spark"));
        assertEquals(sparks.getSchema(), ours.getSchema());
        assertEquals(sparks.getKeyValueMetaData(), ours.getKeyValueMetaData());
    }

    @Test
    void sparkReadsTheSameAsOfItsOwn() throws IOException {
        written(TABLE, "part-0.snappy.parquet");
        written(TABLE, "part-1.snappy.parquet");
        writtenBySpark(TABLE, "spark");
        Dataset<Row> ours =
                Tables.read(SparkTest.session(), dir.resolve("table").toString());
        Dataset<Row> sparks =
                Tables.read(SparkTest.session(), dir.resolve("spark").toString());
        assertEquals(sparks.schema(), ours.schema());
        assertEquals(2L * TABLE.rows().size(), ours.count());
        assertEquals(
                sparks.orderBy("text").collectAsList(),
                ours.dropDuplicates("text").orderBy("text").collectAsList());
    }

    @Test
    void rowsAreReadAsSparkReadsThem() throws IOException {
        Path sparks = writtenBySpark(TABLE, "spark");
        List<Row> expected =
                SparkTest.session().read().parquet(sparks.toString()).collectAsList();
        assertEquals(expected, read(sparks));
        assertEquals(expected, read(written(TABLE, "part-0.snappy.parquet")));
        Row first = expected.get(0);
        assertEquals("größe, 大きさ 🌾", first.getAs("text"));
        assertEquals(Map.of("data.path", "ä.csv", "b", ""), first.getJavaMap(first.fieldIndex("params")));
    }

    /** Spark wrote lists otherwise before its version 1.4, and still does where it is told so. */
    @Test
    void listsOfOldAreReadToo() throws IOException {
        Path folder = dir.resolve("legacy");
        SparkTest.session().conf().set("spark.sql.parquet.writeLegacyFormat", true);
        try {
            Tables.write(TABLE.on(SparkTest.session()), folder.toString());
        } finally {
            SparkTest.session().conf().unset("spark.sql.parquet.writeLegacyFormat");
        }
        try (var files = Files.list(folder)) {
            Path file = files.filter(name -> name.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(read(writtenBySpark(TABLE, "spark")), read(file));
        }
    }

    @Test
    void columnsThatTheFileLacksAreNullAndOthersAreLeftOut() throws IOException {
        Path file = written(TABLE, "part-0.snappy.parquet");
        List<Row> rows = new ArrayList<>();
        try (ParquetRowReader reader = ParquetRowReader.open(status(file), hadoop)) {
            List<String> columns = new ArrayList<>(Arrays.asList(COLUMNS.fieldNames()));
            columns.add(Tables.VERSION_COLUMN);
            assertEquals(columns, reader.columns());
            reader.read(
                    new StructType().add("new", DataTypes.DoubleType, true).add("int", DataTypes.IntegerType, false),
                    rows::add);
        }
        assertEquals(RowFactory.create(null, Integer.MIN_VALUE), rows.get(0));
        assertEquals(7, rows.get(3).<Integer>getAs("int"));
    }

    @Test
    void aTableWithoutRowsHasColumns() throws IOException {
        LocalTable empty = new LocalTable(COLUMNS, List.of());
        assertEquals(List.of(), read(written(empty, "part-0.snappy.parquet")));
        Dataset<Row> table =
                Tables.read(SparkTest.session(), dir.resolve("table").toString());
        assertEquals(0, table.count());
        assertEquals(COLUMNS.length() + 1, table.columns().length);
    }

    /** More than a page of each column, and than a dictionary. */
    @Test
    void manyRowsAreReadAsTheyWereWritten() throws IOException {
        StructType columns =
                new StructType().add("text", DataTypes.StringType, false).add("number", DataTypes.DoubleType, false);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            rows.add(RowFactory.create("feature_" + i * 31L, Math.sqrt(i)));
        }
        Path file = written(new LocalTable(columns, rows), "part-0.snappy.parquet");
        List<Row> again = new ArrayList<>();
        try (ParquetRowReader reader = ParquetRowReader.open(status(file), hadoop)) {
            reader.read(columns, again::add);
        }
        assertEquals(rows, again);
        assertEquals(
                rows,
                SparkTest.session()
                        .read()
                        .parquet(file.toString())
                        .drop(Tables.VERSION_COLUMN)
                        .collectAsList());
    }

    @Test
    void aBitFlippedInAPageIsNoticed() throws IOException {
        Path file = written(TABLE, "part-0.snappy.parquet");
        byte[] bytes = Files.readAllBytes(file);
        List<ColumnChunkMetaData> chunks;
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromStatus(status(file), hadoop))) {
            chunks = reader.getFooter().getBlocks().get(0).getColumns();
        }
        assertEquals(COLUMNS.length() + 2, chunks.size());
        for (ColumnChunkMetaData chunk : chunks) {
            byte[] flipped = bytes.clone();
            flipped[(int) (chunk.getStartingPos() + chunk.getTotalSize()) - 1] ^= 4;
            Files.write(file, flipped);
            assertThrows(ParquetDecodingException.class, () -> read(file), chunk.toString());
        }
    }

    @Test
    void whatDoesNotFitTheColumnsIsRefused() throws IOException {
        StructType number = new StructType().add("n", DataTypes.DoubleType, false);
        LocalTable none = new LocalTable(number, List.of(RowFactory.create((Object) null)));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> none.write(OutputStream.nullOutputStream(), hadoop));
        assertEquals("column n must not be null", e.getMessage());
        LocalTable date =
                new LocalTable(new StructType().add("day", DataTypes.DateType, false), List.of(RowFactory.create("")));
        IllegalArgumentException type =
                assertThrows(IllegalArgumentException.class, () -> date.write(OutputStream.nullOutputStream(), hadoop));
        assertEquals(
                "column day must be of string, int, bigint, double, boolean, array or map, got date",
                type.getMessage());
    }
}
