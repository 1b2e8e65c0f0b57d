package org.winnow.data.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.SparkTest;

/** Quotes, line breaks, and cutting between records. */
class CsvRecordsTest {
    @Test
    void readsQuotesAndLineBreaks() throws IOException {
        assertEquals(List.of(List.of("a", "b")), records("a,b"));
        assertEquals(List.of(List.of("a", "b"), List.of("", "c")), records("\uFEFFa , b\r\n\r\n,c\r\n"));
        assertEquals(
                List.of(List.of("x,y", "say \"hi\"", "two\nlines", ""), List.of("ä", "€", "", "1")),
                records("\"x,y\",\"say \"\"hi\"\"\",\"two\nlines\",\n\"ä\",€,\"\",1\n"));
        assertEquals(List.of(List.of("a"), List.of("b")), records("a\rb\r"));
        assertEquals(List.of(), records(""));
    }

    @Test
    void readsBlanksAroundQuotesAndBackslashesBeforeThem() throws IOException {
        assertEquals(List.of(List.of("a", "b, c", "d")), records("a, \"b, c\" , d\n"));
        assertEquals(List.of(List.of("say \"hi\", then", "1")), records("\"say \\\"hi\\\", then\",1\n"));
        assertEquals(List.of(List.of("say \"hi\"", "1")), records("\"say \\\"hi\\\"\",1\n"));
        assertEquals(List.of(List.of("C:\\", "b")), records("\"C:\\\",b\n"), "as RFC 4180 has it");
    }

    @Test
    void partsOfAnySizeGiveTheSameRows(@TempDir Path folder) throws IOException {
        StringBuilder text = new StringBuilder("text,n,label\r\n");
        for (int row = 0; row < 40; row++) {
            String cell = row % 3 == 0 ? "\"line\n\n" + row + ",\"\"\nmore\"" : "plain" + row;
            text.append(cell)
                    .append(',')
                    .append(row)
                    .append(',')
                    .append(row % 2)
                    .append(row % 5 == 0 ? "\n\n" : "\r\n");
        }
        Files.writeString(folder.resolve("x.csv"), text);
        List<String> expected = rows(folder, Parts.BYTES);
        assertEquals(40, expected.size());
        for (int bytes : new int[] {5, 21, 64, 333}) {
            assertEquals(expected, rows(folder, bytes), bytes + " bytes a part");
        }
    }

    @Test
    void rowsAreCountedOverThePartsOfTheirFile() {
        List<String> paths = List.of("d/x.csv", "d/x.csv", "e/x.csv", "e/x.csv", "e/x.csv");
        Map<Integer, Long> rows = Map.of(0, 100L, 1, 100L, 2, 10L, 3, 20L);
        assertEquals(
                "x.csv row 38: odd",
                RowFault.ofRow(4, 7, "odd").toUserError(paths, rows).getMessage());
        assertEquals(
                "x.csv row 1, column \"a\": odd",
                RowFault.ofCell(2, 0, "a", "odd").toUserError(paths, rows).getMessage());
    }

    private static List<String> rows(Path folder, long bytes) {
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(SparkTest.session().sparkContext());
        DataFiles files = DataFiles.find(spark.hadoopConfiguration(), folder.toString());
        ColumnRules rules = new ColumnRules("", List.of(), List.of(), List.of(), List.of(), List.of(), false);
        return CsvReader.open(spark, files, rules, Dialect.PLAIN, bytes)
                .rows()
                .map(row -> row.number(0) + " " + row.text(1) + " " + row.number(2))
                .collect();
    }

    private static List<List<String>> records(String text) throws IOException {
        List<List<String>> all = new ArrayList<>();
        var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        try (CsvRecords records = new CsvRecords(bytes, 0, Long.MAX_VALUE, CsvFormat.RFC_4180)) {
            for (List<String> record = records.next(); record != null; record = records.next()) {
                all.add(record);
            }
        }
        return all;
    }
}
