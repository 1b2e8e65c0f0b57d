package org.winnow.file;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names for contents. */
public final class Sha256 {
    private static final int SHORT = 16;
    private static final int BUFFER = 1 << 16;

    private Sha256() {}

    /** The hash of all parts, one after the other, as 64 hexadecimal digits. */
    public static String of(byte[]... parts) {
        MessageDigest digest = digest();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return hex(digest);
    }

    /** The hash of what is left of a stream. */
    public static String of(InputStream in) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[BUFFER];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
        }
        return hex(digest);
    }

    /** The first 16 digits of the hash of all parts: a name that people can compare. */
    public static String brief(byte[]... parts) {
        return of(parts).substring(0, SHORT);
    }

    /** A hash to be fed. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
