package org.winnow.data.read;

import java.io.IOException;

/** The bytes are there, but they break the rules of their format; the message says how. */
final class MalformedInput extends IOException {
    private static final long serialVersionUID = 1;

    MalformedInput(String message) {
        super(message);
    }
}
