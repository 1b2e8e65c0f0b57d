package org.winnow.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.winnow.check.UserError;

/**
 * A record in a file of two lines: a seal, which says what it is and which hash it has, and the record itself, both as
 * JSON. The hash is over the record's bytes and over all that the seal says, so that neither a changed digit nor
 * another's file under this name is taken for it.
 */
public final class Sealed {
    /** Before there were seals, a file was one line of JSON that began with its version. */
    private static final Pattern UNSEALED = Pattern.compile("\\{\"version\":(\\d{1,9}),.*\\}");

    private Sealed() {}

    /**
     * The seal.
     *
     * @param name of the file, without folder
     */
    private record Seal(String kind, int version, String name, String sha256) {}

    /**
     * What a file is of.
     *
     * @param kind of document
     * @param version of the form that this program writes and reads
     */
    public record Form<T extends Record>(String kind, int version, Class<T> type) {
        /** The bytes of a file of that name. */
        public byte[] write(String name, T document) {
            byte[] content = StrictJson.write(document).getBytes(StandardCharsets.UTF_8);
            String seal = StrictJson.write(new Seal(kind, version, name, hash(kind, version, name, content)));
            byte[] first = (seal + "\n").getBytes(StandardCharsets.UTF_8);
            byte[] all = Arrays.copyOf(first, first.length + content.length + 1);
            System.arraycopy(content, 0, all, first.length, content.length);
            all[all.length - 1] = '\n';
            return all;
        }

        /**
         * Reads the bytes of a file.
         *
         * @param name that it has
         * @param place the configuration's key and the whole path, for messages
         * @throws Damaged if it is not as it was written under that name
         * @throws UserError if it is whole and of another version
         */
        public T read(byte[] bytes, String name, String place) throws Damaged {
            int end = 0;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            String first = new String(bytes, 0, end, StandardCharsets.UTF_8);
            if (end + 1 >= bytes.length || bytes[bytes.length - 1] != '\n') {
                requireSealed(first, place);
                throw new Damaged(bytes.length == 0 ? "it is empty" : "it is cut off");
            }
            Seal seal = StrictJson.read(first, Seal.class);
            byte[] content = Arrays.copyOfRange(bytes, end + 1, bytes.length - 1);
            if (!seal.sha256.equals(hash(seal.kind, seal.version, seal.name, content))) {
                throw new Damaged("its hash differs");
            }
            if (!seal.kind.equals(kind) || !seal.name.equals(name)) {
                throw new Damaged("it was written as " + seal.name + ", a " + seal.kind);
            }
            requireVersion(seal.version, place);
            return StrictJson.read(new String(content, StandardCharsets.UTF_8), type);
        }

        private void requireVersion(int written, String place) {
            if (written != version) {
                throw new UserError(place + " has version " + written + ", this program reads " + version
                        + ": go on with the Winnow that wrote it, or begin anew in another folder");
            }
        }

        private void requireSealed(String line, String place) {
            Matcher found = UNSEALED.matcher(line);
            if (found.matches()) {
                requireVersion(Integer.parseInt(found.group(1)), place);
            }
        }

        private static String hash(String kind, int version, String name, byte[] content) {
            return Sha256.of((kind + "\n" + version + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8), content);
        }
    }
}
