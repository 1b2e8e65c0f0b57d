package org.winnow.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.SparkTest;

/** The same rows give the same shards, bit for bit, in whatever format, files and splits they come. */
class FormatsTest {
    private static final int ROWS = 200;
    private static final int COLUMNS = 4;

    @TempDir
    Path folder;

    @Test
    void formatAndSplitsDoNotMatter() {
        List<Shard> expected = load(TestFiles.write(folder, "x.csv", csv(0, ROWS)));
        assertSame(expected, load(TestFiles.write(folder, "x.csv.gz", csv(0, ROWS))));
        assertSame(
                expected,
                load(TestFiles.write(
                        folder, "windows.csv", "\uFEFF" + csv(0, ROWS).replace("\n", "\r\n"))));
        assertSame(expected, load(TestFiles.write(folder, "x.libsvm", libsvm())));
        assertSame(expected, load(TestFiles.write(folder, "x.svm.gz", libsvm())));
        for (int from = 0; from < ROWS; from += 10) {
            TestFiles.write(folder.resolve("many"), String.format("part-%03d.csv", from), csv(from, from + 10));
        }
        assertSame(expected, load(folder.resolve("many").toString()));
        assertSame(expected, load(folder + "/many/*.csv"));
        TestFiles.write(folder, "a-images-idx3-ubyte", images());
        TestFiles.write(folder, "a-labels-idx1-ubyte", labels());
        assertSame(expected, load(folder + "/a-images-idx3-ubyte"));
        TestFiles.write(folder, "b-images-idx3-ubyte.gz", images());
        TestFiles.write(folder, "b-labels-idx1-ubyte.gz", labels());
        assertSame(expected, load(folder + "/b-images-idx3-ubyte.gz"));
    }

    @Test
    void parquetSplitsDoNotMatter() {
        SparkSession spark = SparkTest.session();
        String csv = TestFiles.write(folder, "x.csv", csv(0, ROWS));
        List<Shard> expected = load(csv);
        spark.read()
                .options(Map.of("header", "true", "inferSchema", "true"))
                .csv(csv)
                .repartitionByRange(5, org.apache.spark.sql.functions.monotonically_increasing_id())
                .write()
                .option("parquet.block.size", 512)
                .parquet(folder + "/x.parquet");
        List<Shard> whole = load(folder + "/x.parquet");
        assertSame(expected, whole);
        String before = spark.conf().get("spark.sql.files.maxPartitionBytes");
        try {
            spark.conf().set("spark.sql.files.maxPartitionBytes", "900b");
            assertSame(whole, load(folder + "/x.parquet"));
        } finally {
            spark.conf().set("spark.sql.files.maxPartitionBytes", before);
        }
    }

    private static List<Shard> load(String path) {
        LoadedData data = DataLoader.load(SparkTest.session(), DataOptions.of(path), 3, 5);
        try {
            assertEquals(List.of("0", "1", "2"), data.schema().classes(), path);
            return data.shards().collect();
        } finally {
            data.shards().unpersist();
        }
    }

    private static void assertSame(List<Shard> expected, List<Shard> got) {
        assertEquals(expected.size(), got.size());
        for (int i = 0; i < got.size(); i++) {
            assertSame(expected.get(i).train(), got.get(i).train());
            assertSame(expected.get(i).test(), got.get(i).test());
        }
    }

    private static void assertSame(Block expected, Block got) {
        assertArrayEquals(expected.inputs(), got.inputs());
        assertArrayEquals(expected.targets(), got.targets());
    }

    private static int cell(int row, int column) {
        return new Random(31L * row + column).nextInt(256);
    }

    private static int label(int row) {
        return cell(row, 99) % 3;
    }

    private static String csv(int from, int to) {
        StringBuilder text = new StringBuilder("a,\"b\",c,d,label\n");
        for (int row = from; row < to; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                text.append(cell(row, column)).append(',');
            }
            text.append('"').append(label(row)).append("\"\n");
        }
        return text.toString();
    }

    private static String libsvm() {
        StringBuilder text = new StringBuilder("# a comment\n");
        for (int row = 0; row < ROWS; row++) {
            text.append(label(row));
            for (int column = 0; column < COLUMNS; column++) {
                if (cell(row, column) != 0) {
                    text.append(' ').append(column + 1).append(':').append(cell(row, column));
                }
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static byte[] images() {
        ByteBuffer bytes = ByteBuffer.allocate(16 + ROWS * COLUMNS);
        bytes.putInt(0x803).putInt(ROWS).putInt(2).putInt(2);
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                bytes.put((byte) cell(row, column));
            }
        }
        return bytes.array();
    }

    private static byte[] labels() {
        ByteBuffer bytes = ByteBuffer.allocate(8 + ROWS);
        bytes.putInt(0x801).putInt(ROWS);
        for (int row = 0; row < ROWS; row++) {
            bytes.put((byte) label(row));
        }
        return bytes.array();
    }
}
