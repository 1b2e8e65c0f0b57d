package org.winnow.data.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/**
 * The footer of a Parquet file.
 *
 * @param metadata schema and row groups
 * @param halves which leaves of the schema are numbers of 16 bits, a type that the library does not know yet
 */
record ParquetFooter(ParquetMetadata metadata, BitSet halves) {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ENCRYPTED = "PARE".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL = 8;
    private static final int SHORTEST = MAGIC.length + TAIL;
    private static final int BYTES_OF_A_HALF = 2;

    /** @throws IOException if the file is cut short, encrypted or no Parquet */
    static ParquetFooter read(Configuration hadoop, Path path, long length) throws IOException {
        try (FSDataInputStream in = path.getFileSystem(hadoop).open(path)) {
            return of(Util.readFileMetaData(new ByteArrayInputStream(bytes(in, length))));
        }
    }

    private static byte[] bytes(FSDataInputStream in, long length) throws IOException {
        byte[] tail = new byte[TAIL];
        if (length >= SHORTEST) {
            in.readFully(length - TAIL, tail);
        }
        byte[] magic = Arrays.copyOfRange(tail, TAIL - MAGIC.length, TAIL);
        if (Arrays.equals(magic, ENCRYPTED)) {
            throw new MalformedInput("it is encrypted, which is not read");
        }
        if (!Arrays.equals(magic, MAGIC)) {
            throw new MalformedInput("not a Parquet file, or cut short: it must end with PAR1");
        }
        int size = 0;
        for (int i = TAIL - MAGIC.length - 1; i >= 0; i--) {
            size = (size << Byte.SIZE) | (tail[i] & 0xFF);
        }
        if (size <= 0 || size > length - SHORTEST) {
            throw new MalformedInput("not a Parquet file, or cut short: its footer would take "
                    + Integer.toUnsignedString(size) + " of its " + length + " bytes");
        }
        byte[] footer = new byte[size];
        in.readFully(length - TAIL - size, footer);
        return footer;
    }

    private static ParquetFooter of(FileMetaData file) throws IOException {
        BitSet halves = new BitSet();
        int leaf = 0;
        List<SchemaElement> schema = file.getSchema();
        for (SchemaElement element : schema) {
            // A kind of type that came after the library is set to nothing, on which the library fails.
            boolean unknown =
                    element.isSetLogicalType() && element.getLogicalType().getSetField() == null;
            if (unknown) {
                element.unsetLogicalType();
            }
            if (!element.isSetNum_children() || element.getNum_children() == 0) {
                halves.set(
                        leaf++,
                        unknown
                                && element.getType() == Type.FIXED_LEN_BYTE_ARRAY
                                && element.getType_length() == BYTES_OF_A_HALF);
            }
        }
        return new ParquetFooter(new ParquetMetadataConverter().fromParquetMetadata(file), halves);
    }
}
