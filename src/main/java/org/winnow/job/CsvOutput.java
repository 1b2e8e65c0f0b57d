package org.winnow.job;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** CSV with a header, in UTF-8, lines ended by a line feed. */
final class CsvOutput {
    private CsvOutput() {}

    static CsvWriter writer(Writer out) {
        CsvWriterSettings settings = new CsvWriterSettings();
        settings.getFormat().setLineSeparator("\n");
        return new CsvWriter(out, settings);
    }

    /** Writes all rows to one file; only one partition at a time is held here. */
    static void write(Dataset<Row> rows, OutputStream out) {
        CsvWriter csv = writer(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        csv.writeHeaders(rows.columns());
        Iterator<Row> local = rows.toLocalIterator();
        while (local.hasNext()) {
            Row row = local.next();
            Object[] cells = new Object[row.size()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = row.get(i);
            }
            csv.writeRow(cells);
        }
        csv.close();
    }
}
