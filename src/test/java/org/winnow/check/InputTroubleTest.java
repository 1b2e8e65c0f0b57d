package org.winnow.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.parquet.crypto.ParquetCryptoRuntimeException;
import org.apache.parquet.hadoop.BadConfigurationException;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.InvalidSchemaException;
import org.apache.spark.SparkException;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.exception.ND4JIllegalStateException;
import org.tukaani.xz.XZInputStream;

/** What libraries throw about a user's input is told in a sentence; what may be our own fault is not. */
class InputTroubleTest {
    static Stream<Arguments> ofLibraries() {
        return Stream.of(
                arguments(new EOFException("Unexpected end of ZLIB input stream"), "the file is cut short"),
                arguments(new IOException("Truncated source"), "the file is cut short"),
                arguments(
                        new ZipException("invalid stored block lengths"),
                        "cannot be read: invalid stored block lengths"),
                arguments(new AccessControlException("user=me"), "no permission to read or write it: user=me"),
                arguments(new AccessDeniedException("/x"), "no permission to read or write it: /x"),
                arguments(
                        new IOException("No space left on device"),
                        "no space is left on the disk: No space left on device"),
                arguments(new FileNotFoundException("File x.csv does not exist"), "no such file: File x.csv"),
                arguments(
                        new ParentNotDirectoryException("/a"),
                        "a file is where a folder should be, or the other way: /a"),
                arguments(
                        new UnsupportedFileSystemException("No FileSystem for scheme \"s3\""),
                        "no connector for s3:// is on the class path"),
                arguments(new UnknownHostException("namenode"), "no host is called namenode"),
                arguments(new ConnectException("Connection refused"), "no connection: Connection refused"),
                arguments(
                        new MalformedInputException(1), "its bytes are no text in the character set of data.encoding"),
                arguments(
                        new BadConfigurationException("Class org.apache.hadoop.io.compress.BrotliCodec was not found"),
                        "it is compressed with Brotli, which nothing here reads; write it with zstd, snappy or gzip"),
                arguments(
                        new RuntimeException("native zStandard library not available: this version of libhadoop"),
                        "its compression wants a native library of Hadoop that is not here (zStandard); use gzip or zstd"),
                arguments(new ParquetCryptoRuntimeException("no key"), "it is encrypted, which is not read"),
                arguments(
                        new ParquetDecodingException("could not read page"),
                        "cannot be read as Parquet: could not read page"),
                arguments(new InvalidSchemaException("Cannot write"), "cannot be read as Parquet: Cannot write"),
                arguments(new DL4JInvalidInputException("3 columns"), "DL4J refuses it: 3 columns"),
                arguments(new DL4JInvalidConfigException("no nOut"), "DL4J refuses it: no nOut"),
                arguments(new ND4JIllegalStateException("shapes"), "DL4J refuses it: shapes"));
    }

    @ParameterizedTest
    @MethodSource("ofLibraries")
    void isTold(Exception thrown, String sentence) {
        assertEquals(Optional.of(sentence), InputTrouble.of(thrown));
        assertEquals(
                Optional.of(sentence),
                InputTrouble.of(new SparkException("Job aborted", new RuntimeException("task", thrown))),
                "whatever it is wrapped in");
    }

    @Test
    void isToldWhateverAReaderThrows() {
        Exception thrown = new RuntimeException("none");
        try {
            new XZInputStream(new ByteArrayInputStream(new byte[64])).read();
        } catch (IOException e) {
            thrown = e;
        }
        assertEquals(
                Optional.of("cannot be read: Input is not in the XZ format"),
                InputTrouble.of(new IllegalStateException(thrown)));
    }

    @Test
    void isNotToldOfOurOwnFaults() {
        assertTrue(InputTrouble.of(new NullPointerException("x")).isEmpty());
        assertTrue(InputTrouble.of(new IllegalStateException("no key", new ClassCastException()))
                .isEmpty());
        assertTrue(InputTrouble.of(new SparkException("Job aborted", new IndexOutOfBoundsException("7")))
                .isEmpty());
    }

    @Test
    void aNamedFileIsAlwaysSpokenOf() {
        assertEquals("cannot be read: odd", InputTrouble.problem(new IOException("odd")));
        assertEquals("cannot be read: IllegalStateException", InputTrouble.problem(new IllegalStateException()));
    }
}
