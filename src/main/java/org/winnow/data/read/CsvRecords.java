package org.winnow.data.read;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV file as RFC 4180 (Shafranovich 2005) has them: cells between separators, in double quotes where
 * they hold separators, quotes (doubled) or line breaks. Read too: blanks around quotes, and a backslash before a quote
 * that cannot be the end of its cell. UTF-8 with or without a byte order mark; blank lines do not count, nor a first line
 * {@code sep=;} as Excel has it. Where a blank is between cells, so may be several.
 */
final class CsvRecords implements Closeable {
    private static final int MOST_BYTES_OF_A_CELL = 1 << 24;
    private static final int END = -1;

    private static final Pattern DECLARATION =
            Pattern.compile("\"?sep=([^\r\n\"])\"?(\r\n?|\n)", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_DECLARATION = 10;

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final long end;
    private final CsvFormat format;
    private final char separator;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private long bufferOffset;
    private byte[] cell = new byte[64];
    private int length;

    /**
     * @param in bytes, from the start of a record
     * @param start where in the file that is
     * @param end where in the file a record starts that is not wanted any more
     */
    CsvRecords(InputStream in, long start, long end, CsvFormat format) throws IOException {
        this.in = in;
        this.bufferOffset = start;
        this.end = end;
        this.format = format;
        this.separator = format.separator();
        if (start == 0 && peek() != END) {
            Matcher declaration = declaration(buffer, limit);
            position = declaration.lookingAt() ? mark(buffer, limit) + declaration.end() : mark(buffer, limit);
        }
    }

    /** The separator that a first line as {@code sep=;} names. */
    static Optional<Character> declaredSeparator(byte[] head) {
        Matcher declaration = declaration(head, head.length);
        return declaration.lookingAt() ? Optional.of(declaration.group(1).charAt(0)) : Optional.empty();
    }

    private static Matcher declaration(byte[] bytes, int length) {
        int from = mark(bytes, length);
        return DECLARATION.matcher(
                new String(bytes, from, Math.min(LONGEST_DECLARATION, length - from), StandardCharsets.ISO_8859_1));
    }

    /** Length of the byte order mark, if there is one. */
    private static int mark(byte[] bytes, int length) {
        return length >= MARK.length && Arrays.equals(bytes, 0, MARK.length, MARK, 0, MARK.length) ? MARK.length : 0;
    }

    /** The cells of the next record, without surrounding blanks; null after the last. */
    @Nullable List<String> next() throws IOException {
        while (peek() == '\n' || peek() == '\r' || (peek() == ' ' && separator == ' ')) {
            position++;
        }
        if (peek() == END || bufferOffset + position >= end) {
            return null;
        }
        List<String> cells = new ArrayList<>();
        int delimiter;
        do {
            length = 0;
            skipBlanks();
            delimiter = peek() == '"' ? quoted() : plain();
            cells.add(format.text(cell, length).strip());
        } while (delimiter == separator && !(separator == ' ' && isLastBlank()));
        return cells;
    }

    /** Passes further blanks between cells; whether they are at the end of a line. */
    private boolean isLastBlank() throws IOException {
        while (peek() == ' ') {
            position++;
        }
        return isDelimiter(peek());
    }

    private void skipBlanks() throws IOException {
        while (isBlank(peek())) {
            position++;
        }
    }

    private boolean isBlank(int b) {
        return (b == ' ' || b == '\t') && b != separator;
    }

    private boolean isDelimiter(int b) {
        return b == separator || b == '\n' || b == '\r' || b == END;
    }

    private int plain() throws IOException {
        for (int b = read(); ; b = read()) {
            if (isDelimiter(b)) {
                return b;
            }
            if (b == '"') {
                throw new MalformedInput("a quote within a cell that does not start with one; "
                        + "put the cell in quotes and double those it holds");
            }
            append(b);
        }
    }

    private int quoted() throws IOException {
        boolean backslash = format.backslash();
        position++;
        for (int b = read(); b != END; b = read()) {
            if (b != '"') {
                append(b);
            } else if (backslash && endsInBackslash()) {
                cell[length - 1] = '"';
            } else if (peek() == '"') {
                position++;
                append(b);
            } else if (endsInBackslash() && !isDelimiter(peek())) {
                // This quote closes nothing, so backslashes stand before quotes in this cell.
                backslash = true;
                cell[length - 1] = '"';
            } else {
                return closed();
            }
        }
        throw new MalformedInput("a quote is opened and never closed");
    }

    private int closed() throws IOException {
        skipBlanks();
        int after = read();
        if (!isDelimiter(after)) {
            throw new MalformedInput(
                    "a closing quote must be followed by " + format.separatorInWords() + " or the end of the line");
        }
        return after;
    }

    private boolean endsInBackslash() {
        return length > 0 && cell[length - 1] == '\\';
    }

    private void append(int b) throws IOException {
        if (length == cell.length) {
            if (length >= MOST_BYTES_OF_A_CELL) {
                throw new MalformedInput("a cell is longer than 16 MiB; is a quote never closed?");
            }
            cell = Arrays.copyOf(cell, 2 * length);
        }
        cell[length++] = (byte) b;
    }

    private int read() throws IOException {
        int b = peek();
        if (b != END) {
            position++;
        }
        return b;
    }

    private int peek() throws IOException {
        if (position >= limit) {
            bufferOffset += limit;
            position = 0;
            limit = Math.max(0, in.readNBytes(buffer, 0, buffer.length));
        }
        return limit == 0 ? END : buffer[position] & 0xFF;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
