package org.winnow.data.read;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    private static final int LONGEST_START = 6;

    private static final List<Kind> KINDS = List.of(
            new Kind("gzip file", "call it %s.gz", 0x1F, 0x8B),
            new Kind("bzip2 file", "call it %s.bz2", 'B', 'Z', 'h'),
            new Kind("zstd file", "call it %s.zst", 0x28, 0xB5, 0x2F, 0xFD),
            new Kind("lz4 file", "call it %s.lz4", LZ4_FRAME),
            new Kind("xz file", "call it %s.xz", 0xFD, '7', 'z', 'X', 'Z', 0),
            new Kind("zip archive, as those of Excel are", "unpack it, or save it as CSV", 'P', 'K', 3, 4),
            new Kind("Parquet file", "set data.format=parquet", 'P', 'A', 'R', '1'));

    private Compression() {}

    /** What files are that begin with these bytes, and what to do with one. */
    private record Kind(String name, String cure, int... start) {
        boolean startsWith(byte[] bytes) {
            byte[] expected = new byte[start.length];
            for (int i = 0; i < start.length; i++) {
                expected[i] = (byte) start[i];
            }
            return bytes.length >= expected.length
                    && Arrays.equals(expected, 0, expected.length, bytes, 0, expected.length);
        }
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
            marked.mark(LONGEST_START);
            byte[] start = marked.readNBytes(LZ4_FRAME.length);
            marked.reset();
            if (new Kind("", "", LZ4_FRAME).startsWith(start)) {
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
        Optional<Kind> kind =
                KINDS.stream().filter(some -> some.startsWith(start)).findFirst();
        if (kind.isPresent()) {
            throw new MalformedInput("it is a " + kind.get().name() + ", by its first bytes; "
                    + String.format(Locale.ROOT, kind.get().cure(), name));
        }
        boolean wide = start.length > 1
                && ((start[0] == (byte) 0xFF && start[1] == (byte) 0xFE)
                        || (start[0] == (byte) 0xFE && start[1] == (byte) 0xFF));
        if (wide) {
            throw new MalformedInput("it is UTF-16, by its first bytes; set data.encoding=utf-16");
        }
    }

    /** How many bytes {@link #requireText} wants. */
    static int bytesToKnow() {
        return LONGEST_START;
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
