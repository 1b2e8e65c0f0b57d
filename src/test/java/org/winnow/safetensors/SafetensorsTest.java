package org.winnow.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.winnow.check.UserError;

class SafetensorsTest {
    private static byte[] written(Safetensors file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        file.write(out);
        return out.toByteArray();
    }

    private static Safetensors read(byte[] bytes) throws IOException {
        return Safetensors.read(new ByteArrayInputStream(bytes), bytes.length, "x.safetensors");
    }

    /** A file of a header and so many bytes of data. */
    private static byte[] file(String header, int data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + json.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Safetensors file = new Safetensors(
                Map.of(
                        "0.weight", Tensor.of(new float[] {1, -2.5f, Float.MIN_VALUE, 4, 5, 6}, 2, 3),
                        "bytes", Tensor.unsigned(0, 255),
                        "shorts", Tensor.unsigned(256, 65535),
                        "ints", Tensor.unsigned(65536),
                        "one", Tensor.of(new double[] {Math.PI}),
                        "none", Tensor.of(new float[0], 3, 0),
                        "\u00fcml\"aut\n", Tensor.of(new double[] {1, 2}, 2)),
                Map.of("format", "pt"));
        Safetensors again = read(written(file));
        assertEquals(file, again);
        assertArrayEquals(new int[] {256, 65535}, again.get("shorts").ints());
        assertEquals(ElementType.U32, again.get("ints").type());
        assertArrayEquals(new double[] {Math.PI}, again.get("one").doubles());
        assertEquals(0, again.get("none").length());
    }

    @Test
    void theBytesAreThoseOfTheFormat() throws IOException {
        Safetensors file = new Safetensors(Map.of(
                "b", Tensor.unsigned(7), "a", Tensor.of(new float[] {1}, 1), "c", Tensor.of(new float[] {2}, 1)));
        String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                + "\"c\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]},"
                + "\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[8,9]}}";
        int padded = (header.length() + 7) / 8 * 8;
        ByteBuffer want = ByteBuffer.allocate(8 + padded + 9).order(ByteOrder.LITTLE_ENDIAN);
        want.putLong(padded).put(header.getBytes(StandardCharsets.UTF_8));
        while (want.position() < 8 + padded) {
            want.put((byte) ' ');
        }
        want.putFloat(1).putFloat(2).put((byte) 7);
        assertArrayEquals(want.array(), written(file));
    }

    @Test
    void whatTheReferenceReaderTakesIsRead() throws IOException {
        String array = "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1],\"strides\":[1]}";
        for (String header : List.of("{" + array + "}", "{\"__metadata__\":null," + array + "}")) {
            Safetensors read = read(file(header, 1));
            assertEquals(Set.of("a"), read.tensors().keySet());
            assertEquals(Map.of(), read.metadata());
        }
    }

    @Test
    void everyTypeIsRead() {
        assertArrayEquals(new double[] {1, 0}, tensor(ElementType.BOOL, 1, 0).doubles());
        assertArrayEquals(new double[] {-1, 2}, tensor(ElementType.I8, 0xff, 2).doubles());
        assertArrayEquals(new double[] {-2}, tensor(ElementType.I16, 0xfe, 0xff).doubles());
        assertArrayEquals(
                new double[] {-2},
                tensor(ElementType.I32, 0xfe, 0xff, 0xff, 0xff).doubles());
        assertArrayEquals(
                new double[] {0xfffffffeL},
                tensor(ElementType.U32, 0xfe, 0xff, 0xff, 0xff).doubles());
        assertArrayEquals(
                new double[] {0x1p63},
                tensor(ElementType.U64, 0, 0, 0, 0, 0, 0, 0, 0x80).doubles());
        assertArrayEquals(
                new double[] {-0x1p63},
                tensor(ElementType.I64, 0, 0, 0, 0, 0, 0, 0, 0x80).doubles());
        assertArrayEquals(
                new double[] {-1.5}, tensor(ElementType.BF16, 0xc0, 0xbf).doubles());
        assertArrayEquals(
                new double[] {1, -2, 65504, 0x1p-24, Double.NEGATIVE_INFINITY},
                tensor(ElementType.F16, 0, 0x3c, 0, 0xc0, 0xff, 0x7b, 1, 0, 0, 0xfc)
                        .doubles());
        assertTrue(Double.isNaN(tensor(ElementType.F16, 1, 0x7c).doubles()[0]));
    }

    private static Tensor tensor(ElementType type, int... bytes) {
        byte[] data = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            data[i] = (byte) bytes[i];
        }
        return new Tensor(type, new long[] {data.length / type.bytes()}, data);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                                              | 0 | no JSON object",
                "\"a\"                                                           | 0 | no JSON object",
                "{} {}                                                           | 0 | no JSON object",
                "{\"a\":                                                         | 0 | no JSON object",
                "{}                                                              | 1 | arrays take 0 bytes, and 1 are there",
                "{\"__metadata__\":{\"a\":1}}                                    | 0 | a value that is no text",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}                       | 4 | array a has no data_offsets",
                "{\"a\":7}                                                     | 0 | array a has no dtype",
                "{\"__metadata__\":7}                                          | 0 | __metadata__ is no JSON object",
                "{\"a\":{\"dtype\":\"F33\",\"shape\":[1],\"data_offsets\":[0,4]}} | 4 | array a is of F33; can be read: BOOL,",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}} | 4 | no whole numbers",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | 4 | no whole numbers",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}}  | 4 | no lists",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | 4 | array a is F32[2] and has 4 bytes",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}} | 4 | ends before it begins",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 8 | before array a belongs to none or two",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 3 | arrays take 4 bytes, and 3 are there",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}} | 1 | before array b belongs",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}} | 0 | its header has 'a' twice",
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[4611686018427387904,4611686018427387904],\"data_offsets\":[0,4]}} | 4 | and has 4 bytes",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[4000000000000],\"data_offsets\":[0,4000000000000]}} | 4 | no more than 2 GiB",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[1e3],\"data_offsets\":[0,99999999999999999999]}} | 4 | no whole numbers",
            })
    void hostileHeadersAreAnswered(String header, int data, String message) {
        UserError error = assertThrows(UserError.class, () -> read(file(header, data)));
        assertTrue(error.getMessage().startsWith("x.safetensors"), error.getMessage());
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    @Test
    void headersThatWouldFillAHeapAreRefusedBeforeTheyAreATree() throws IOException {
        String entry = ":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}";
        StringBuilder many = new StringBuilder("{\"a\"").append(entry);
        for (int i = 0; i < 100_001; i++) {
            many.append(",\"").append(i).append('"').append(entry);
        }
        refused(file(many.append('}').toString(), 0), "its header has 100002 arrays, at most 100000 are read");
        String name = "n".repeat(5_000);
        refused(file("{\"" + name + "\"" + entry + "}", 0), "array 1 has 5000 letters, at most 4096 are read");
    }

    @Test
    void lengthsAreNotBelieved() throws IOException {
        refused(new byte[3], "3 bytes are too few");
        byte[] huge = ByteBuffer.allocate(64)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(1L << 62)
                .array();
        refused(huge, "its header would take 4611686018427387904 of 64 bytes");
        refused(ByteBuffer.allocate(64).putLong(-1).array(), "18446744073709551615 of 64 bytes");
        byte[] whole = written(new Safetensors(Map.of("a", Tensor.of(new float[] {1, 2}, 2))));
        UserError error = assertThrows(
                UserError.class,
                () -> Safetensors.read(new ByteArrayInputStream(whole, 0, whole.length - 1), whole.length, "x"));
        assertTrue(error.getMessage().endsWith("it ends too early"), error.getMessage());
    }

    private static void refused(byte[] bytes, String message) {
        UserError error = assertThrows(UserError.class, () -> read(bytes));
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    @Test
    void arraysMustHaveTheirBytes() {
        assertThrows(IllegalArgumentException.class, () -> Tensor.of(new float[3], 2));
        assertThrows(IllegalArgumentException.class, () -> Tensor.unsigned(-1));
        assertThrows(
                IllegalArgumentException.class, () -> Tensor.of(new float[1], 1).ints());
        assertEquals(0, Tensor.of(new float[0], 1L << 40, 1L << 40, 0).length());
    }
}
