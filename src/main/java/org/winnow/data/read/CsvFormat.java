package org.winnow.data.read;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How the records of CSV files are written.
 *
 * @param encoding name of the character set of their cells
 * @param separator what is between cells
 * @param notation how its numbers are written
 * @param backslash whether a quote in a cell has a backslash before it, as Spark writes it, and not another quote
 */
record CsvFormat(String encoding, char separator, Notation notation, boolean backslash) implements Serializable {
    static final CsvFormat RFC_4180 = new CsvFormat(StandardCharsets.UTF_8.name(), ',', Notation.POINT, false);

    private static final List<Integer> DELIMITERS = List.of((int) '"', (int) '\n', (int) '\r', (int) ',');

    Charset charset() {
        return Charset.forName(encoding);
    }

    /**
     * Whether quotes, separators and line ends are the bytes that ASCII has for them, and are nothing else: in UTF-8, and
     * where a character is one byte.
     */
    static boolean isCutByBytes(Charset charset) {
        return charset.equals(StandardCharsets.UTF_8)
                || (charset.canEncode()
                        && charset.newEncoder().maxBytesPerChar() == 1
                        && DELIMITERS.stream()
                                .allMatch(ascii -> Character.toString(ascii).getBytes(charset)[0] == ascii));
    }

    /** What the bytes are in that {@link DataFiles#openText} gives for files in a character set. */
    static String encodingOfBytes(Charset charset) {
        return isCutByBytes(charset) ? charset.name() : StandardCharsets.UTF_8.name();
    }

    CsvFormat with(char otherSeparator, boolean otherBackslash) {
        return new CsvFormat(encoding, otherSeparator, notation, otherBackslash);
    }

    CsvFormat with(Notation otherNotation) {
        return new CsvFormat(encoding, separator, otherNotation, backslash);
    }

    /** How messages call the separator. */
    String separatorInWords() {
        return separator == '\t' ? "tab" : separator == ' ' ? "a blank" : "\"" + separator + "\"";
    }

    /**
     * The text of bytes.
     *
     * @throws MalformedInput if they are none in this character set
     */
    String text(byte[] bytes, int length) throws MalformedInput {
        Charset charset = charset();
        String text = new String(bytes, 0, length, charset);
        if (text.indexOf('\uFFFD') >= 0) {
            try {
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(bytes, 0, length));
            } catch (CharacterCodingException e) {
                throw new MalformedInput("\"" + text.strip() + "\" is not " + charset.name()
                        + "; set data.encoding to what the file is written in, as windows-1252 or iso-8859-1");
            }
        }
        if (text.indexOf('\0') >= 0) {
            throw new MalformedInput("a cell holds a byte of zero; if the file is UTF-16, set data.encoding=utf-16");
        }
        return text;
    }
}
