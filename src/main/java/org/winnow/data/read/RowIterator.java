package org.winnow.data.read;

import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.winnow.check.InputTrouble;

/** The rows of a part as an iterator that opens late, closes itself, and reports trouble as {@link RowFault}. */
final class RowIterator implements Iterator<RawRow> {
    private final Part part;
    private final RowReader.Opener opener;
    private @Nullable RowReader reader;
    private @Nullable RawRow ahead;
    private boolean done;

    RowIterator(Part part, RowReader.Opener opener) {
        this.part = part;
        this.opener = opener;
    }

    @Override
    public boolean hasNext() {
        if (ahead == null && !done) {
            ahead = read();
            done = ahead == null;
        }
        return ahead != null;
    }

    @Override
    public RawRow next() {
        if (!hasNext() || ahead == null) {
            throw new NoSuchElementException();
        }
        RawRow row = ahead;
        ahead = null;
        return row;
    }

    private @Nullable RawRow read() {
        boolean more = false;
        try {
            if (reader == null) {
                reader = opener.open(part);
            }
            RawRow row = reader.next();
            more = row != null;
            return row;
        } catch (IOException e) {
            throw RowFault.ofPart(part.index(), InputTrouble.problem(e));
        } catch (RuntimeException e) {
            throw InputTrouble.of(e)
                    .<RuntimeException>map(what -> RowFault.ofPart(part.index(), what))
                    .orElse(e);
        } finally {
            if (!more) {
                close();
            }
        }
    }

    private void close() {
        done = true;
        if (reader != null) {
            try {
                reader.close();
            } catch (IOException e) {
                // Every row was read, or a fault is on its way; what close has to say adds nothing.
            }
        }
    }
}
