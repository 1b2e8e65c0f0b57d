package org.winnow.safetensors;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.winnow.check.Check;
import org.winnow.check.UserError;

/**
 * What a safetensors file holds: 8 bytes with the length of a header, the header as JSON, then the arrays one after the
 * other (github.com/huggingface/safetensors, format 0.4).
 *
 * @param tensors by name
 * @param metadata free text by name
 */
public record Safetensors(Map<String, Tensor> tensors, Map<String, String> metadata) {
    public Safetensors {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** Arrays without metadata. */
    public Safetensors(Map<String, Tensor> tensors) {
        this(tensors, Map.of());
    }

    /**
     * The array of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        Check.that(tensor != null, "array", "one of " + tensors.keySet(), name);
        return Objects.requireNonNull(tensor);
    }

    /**
     * Writes a file: the same arrays give the same bytes. Arrays of wide elements come first, so that all are aligned.
     */
    public void write(OutputStream out) throws IOException {
        Map<String, Tensor> ordered = new LinkedHashMap<>();
        tensors.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Tensor> entry) ->
                                -entry.getValue().type().bytes())
                        .thenComparing(Map.Entry::getKey))
                .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
        byte[] header = Header.write(ordered, metadata);
        out.write(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array());
        out.write(header);
        for (Tensor tensor : ordered.values()) {
            out.write(tensor.data());
        }
    }

    /**
     * Reads a file.
     *
     * @throws UserError if it is not one
     */
    public static Safetensors read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return read(in, Files.size(file), file.toString());
        }
    }

    /**
     * Reads a file. Nothing is made room for that the file is too short for.
     *
     * @param length of the whole file
     * @param name of the file, for messages
     * @throws UserError if it is not one
     */
    public static Safetensors read(InputStream in, long length, String name) throws IOException {
        require(length >= Long.BYTES, name, length + " bytes are too few");
        long headerLength = ByteBuffer.wrap(exactly(in, Long.BYTES, name))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        require(
                headerLength >= 2 && headerLength <= Math.min(length - Long.BYTES, Header.LONGEST),
                name,
                "its header would take " + Long.toUnsignedString(headerLength) + " of " + length + " bytes");
        byte[] json = exactly(in, (int) headerLength, name);
        Header header = Header.read(json, length - Long.BYTES - headerLength, name);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Header.Entry entry : header.entries()) {
            byte[] data = exactly(in, entry.bytes(), name);
            tensors.put(entry.name(), new Tensor(entry.type(), entry.shape(), data));
        }
        return new Safetensors(tensors, header.metadata());
    }

    static void require(boolean holds, String file, String otherwise) {
        if (!holds) {
            throw new UserError(file + " is no safetensors file: " + otherwise);
        }
    }

    private static byte[] exactly(InputStream in, int count, String name) throws IOException {
        byte[] bytes = in.readNBytes(count);
        require(bytes.length == count, name, "it ends too early");
        return bytes;
    }
}
