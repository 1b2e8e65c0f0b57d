package org.winnow.file;

import java.io.IOException;

/** A file of ours that is not as it was written: cut off, changed, or under another's name. The message says which. */
public final class Damaged extends IOException {
    private static final long serialVersionUID = 1;

    public Damaged(String message) {
        super(message);
    }

    public Damaged(String message, Throwable cause) {
        super(message, cause);
    }
}
