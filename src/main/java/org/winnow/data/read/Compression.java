package org.winnow.data.read;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * Files whose name says that they are compressed, and files that are something else than their name says. Hadoop's codecs
 * for zstd and lz4 want native libraries, and its lz4 is not that of the lz4 command; what is on Spark's class path does not.
 */
final class Compression {
    private static final int[] LZ4_FRAME = {0x04, 0x22, 0x4D, 0x18};

    private Compression() {}

    private static boolean startsWith(byte[] bytes, int... expected) {
        return bytes.length >= expected.length
                && IntStream.range(0, expected.length).allMatch(i -> (bytes[i] & 0xFF) == expected[i]);
    }

    /** Whether the name of a file says that it is compressed. */
    static boolean isNamed(Configuration hadoop, Path path) {
        return own(path).isPresent() || codec(hadoop, path) != null;
    }

    /** The name without the ending that says so. */
    static String withoutEnding(String name) {
        return name.replaceFirst("(?i)\\.(gz|bz2|zst|lz4|xz|deflate|snappy)$", "");
    }

    /** The bytes of a file whose name says that they are compressed. */
    static InputStream open(Configuration hadoop, Path path, InputStream bytes) throws IOException {
        String ending = own(path).orElse("");
        if (ending.equals("zst")) {
            return new ZstdInputStream(bytes).setContinuous(false);
        }
        if (ending.equals("xz")) {
            return new XZInputStream(bytes);
        }
        InputStream marked = bytes;
        if (ending.equals("lz4")) {
            marked = new BufferedInputStream(bytes);
            marked.mark(LZ4_FRAME.length);
            byte[] start = marked.readNBytes(LZ4_FRAME.length);
            marked.reset();
            if (startsWith(start, LZ4_FRAME)) {
                return new FramedLZ4CompressorInputStream(marked, true);
            }
        }
        CompressionCodec codec = codec(hadoop, path);
        if (codec == null) {
            throw new MalformedInput("it is not lz4 as the lz4 command writes it");
        }
        return codec.createInputStream(marked);
    }

    /**
     * Requires that what should be text is none of the kinds of file that are often taken for it.
     *
     * @param start the first bytes of a file
     */
    static void requireText(byte[] start, String name) throws MalformedInput {
        Optional<FileKind> kind = FileKind.of(start);
        if (kind.isPresent()) {
            throw new MalformedInput(kind.get().sentence(name));
        }
        boolean wide = startsWith(start, 0xFF, 0xFE) || startsWith(start, 0xFE, 0xFF);
        if (wide) {
            throw new MalformedInput("it is UTF-16, by its first bytes; set data.encoding=utf-16");
        }
    }

    private static Optional<String> own(Path path) {
        String name = path.getName().toLowerCase(Locale.ROOT);
        return List.of("zst", "xz", "lz4").stream()
                .filter(ending -> name.endsWith("." + ending))
                .findFirst();
    }

    private static @Nullable CompressionCodec codec(Configuration hadoop, Path path) {
        return new CompressionCodecFactory(hadoop).getCodec(path);
    }
}
