package org.winnow.data.read;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import org.winnow.check.UserError;

/**
 * Rows of idx files as MNIST has them (LeCun, Cortes, Burges): images of bytes, and their labels in a file whose name
 * has {@code labels-idx1} for {@code images-idx3}. The features are called p0, p1, …
 */
final class IdxReader implements RowReader {
    private final Part part;
    private final IdxHeader header;
    private final DataInputStream images;
    private final @Nullable DataInputStream labels;
    private long row;

    private IdxReader(Part part, boolean labelled, Configuration hadoop) throws IOException {
        this.part = part;
        Path file = new Path(part.path());
        this.images = new DataInputStream(DataFiles.open(hadoop, file, 0));
        this.header = IdxHeader.ofImages(images);
        this.labels = labelled ? labels(file, hadoop) : null;
    }

    private DataInputStream labels(Path file, Configuration hadoop) throws IOException {
        Path beside = labelsOf(file, hadoop);
        DataInputStream opened = new DataInputStream(DataFiles.open(hadoop, beside, 0));
        long count = IdxHeader.ofLabels(opened).count();
        if (count != header.count()) {
            throw new MalformedInput(
                    "it has " + header.count() + " images, but " + beside.getName() + " has " + count + " labels");
        }
        return opened;
    }

    static Source open(JavaSparkContext spark, List<FileStatus> files, ColumnRules rules) {
        Configuration hadoop = spark.hadoopConfiguration();
        List<FileStatus> images = files.size() == 1
                ? files
                : files.stream()
                        .filter(file -> file.getPath().getName().contains("images"))
                        .toList();
        if (images.isEmpty()) {
            throw new UserError("data.path: none of the files is named …images-idx3…");
        }
        boolean labelled = rules.only().isEmpty();
        int pixels = IdxHeader.pixels(images, hadoop);
        if (labelled) {
            images.forEach(file -> requireLabels(file.getPath(), hadoop));
        }
        List<String> features =
                IntStream.range(0, pixels).mapToObj(i -> "p" + i).toList();
        String first = images.get(0).getPath().getName();
        rules.requireNoCategorical(first);
        rules.requireIgnored(features, first);
        var shared = new SerializableConfiguration(hadoop);
        return Source.of(
                        spark,
                        "label",
                        features,
                        Parts.ofFiles(images),
                        part -> new IdxReader(part, labelled, shared.value()))
                .withWarnings(rules.labelWarnings("idx"));
    }

    /** Requires that the labels of images are such, in the name of their own file. */
    private static void requireLabels(Path images, Configuration hadoop) {
        Path file = images;
        try {
            file = labelsOf(images, hadoop);
            try (DataInputStream in = new DataInputStream(DataFiles.open(hadoop, file, 0))) {
                IdxHeader.ofLabels(in);
            }
        } catch (IOException e) {
            throw DataFiles.unreadable(file, e);
        }
    }

    private static Path labelsOf(Path images, Configuration hadoop) throws IOException {
        FileSystem files = images.getFileSystem(hadoop);
        String name = images.getName().replace("images", "labels").replace("idx3", "idx1");
        String other = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name + ".gz";
        for (String candidate : List.of(name, other)) {
            Path labels = new Path(images.getParent(), candidate);
            if (!candidate.equals(images.getName()) && files.exists(labels)) {
                return labels;
            }
        }
        throw new MalformedInput("no file " + name + " with its labels beside it");
    }

    @Override
    public @Nullable RawRow next() throws IOException {
        if (row == header.count()) {
            if (images.read() >= 0) {
                throw new MalformedInput("it goes on after the " + header.count() + " images its header announces");
            }
            return null;
        }
        byte[] image = images.readNBytes(header.pixels());
        if (image.length < header.pixels()) {
            throw new EOFException();
        }
        double[] slots = new double[image.length + 1];
        slots[0] = label();
        for (int pixel = 0; pixel < image.length; pixel++) {
            slots[pixel + 1] = image[pixel] & 0xFF;
        }
        return new RawRow(part.index(), row++, slots, RawRow.NO_TEXTS);
    }

    private double label() throws IOException {
        return labels == null ? Double.NaN : labels.readUnsignedByte();
    }

    @Override
    public void close() throws IOException {
        images.close();
        if (labels != null) {
            labels.close();
        }
    }
}
