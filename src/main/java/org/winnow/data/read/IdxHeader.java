package org.winnow.data.read;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.winnow.check.UserError;

/**
 * The first bytes of an idx file.
 *
 * @param count how many images or labels follow
 * @param pixels bytes of each
 */
record IdxHeader(long count, int pixels) {
    private static final int BYTES = 8;
    private static final int DIMENSIONS_OF_IMAGES = 3;
    private static final Map<Integer, String> TYPES = Map.of(
            BYTES,
            "unsigned bytes",
            9,
            "signed bytes",
            0xB,
            "short integers",
            0xC,
            "integers",
            0xD,
            "floats",
            0xE,
            "doubles");
    private static final int BYTES_OF_HEADER = 16;
    private static final long MOST_PIXELS = 1_000_000;

    static IdxHeader ofImages(DataInputStream in) throws IOException {
        requireMagic(in, DIMENSIONS_OF_IMAGES, "images", "count, height and width");
        long count = Integer.toUnsignedLong(in.readInt());
        long height = Integer.toUnsignedLong(in.readInt());
        long width = Integer.toUnsignedLong(in.readInt());
        if (height < 1 || width < 1 || height > MOST_PIXELS || height * width > MOST_PIXELS) {
            throw new MalformedInput("images must have 1.." + MOST_PIXELS + " pixels, got " + height + " x " + width);
        }
        return new IdxHeader(count, (int) (height * width));
    }

    static IdxHeader ofLabels(DataInputStream in) throws IOException {
        requireMagic(in, 1, "labels", "count");
        return new IdxHeader(Integer.toUnsignedLong(in.readInt()), 1);
    }

    private static void requireMagic(DataInputStream in, int dimensions, String what, String meaning)
            throws IOException {
        int magic = in.readInt();
        int type = magic >> Byte.SIZE;
        int own = magic & 0xFF;
        if (!TYPES.containsKey(type)) {
            throw new MalformedInput(String.format(
                    "not idx %s: must start with %08x, got %08x", what, (BYTES << Byte.SIZE) | dimensions, magic));
        }
        if (type != BYTES) {
            throw new MalformedInput(
                    "its numbers are " + TYPES.get(type) + "; " + what + " must be " + TYPES.get(BYTES));
        }
        if (own != dimensions) {
            throw new MalformedInput("it has " + own + " dimensions; " + what + " have " + dimensions + ": " + meaning);
        }
    }

    /** The pixels that all these files have, whose lengths are as they should be where that shows. */
    static int pixels(List<FileStatus> files, Configuration hadoop) {
        int pixels = of(files.get(0), hadoop).pixels();
        for (FileStatus file : files) {
            int own = of(file, hadoop).pixels();
            if (own != pixels) {
                throw new UserError(file.getPath().getName() + ": images of " + own + " pixels, but those of "
                        + files.get(0).getPath().getName() + " have " + pixels);
            }
        }
        return pixels;
    }

    private static IdxHeader of(FileStatus file, Configuration hadoop) {
        Path path = file.getPath();
        try (DataInputStream in = new DataInputStream(DataFiles.open(hadoop, path, 0))) {
            IdxHeader header = ofImages(in);
            long expected = BYTES_OF_HEADER + header.count() * header.pixels();
            if (!Compression.isNamed(hadoop, path) && expected != file.getLen()) {
                throw new MalformedInput("its header announces " + header.count() + " images of " + header.pixels()
                        + " pixels, which takes " + expected + " bytes, got " + file.getLen());
            }
            return header;
        } catch (IOException e) {
            throw DataFiles.unreadable(path, e);
        }
    }
}
