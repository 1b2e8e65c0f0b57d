package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class LocalReferenceTest {
    @Test
    void whatIsReadIsWhatWasWritten() throws Exception {
        Object value = new Object();
        try (LocalReference<Object> reference = LocalReference.to(value)) {
            assertSame(value, ((LocalReference<?>) read(written(reference))).value());
        }
    }

    @Test
    void afterItsEndItCannotBeRead() throws Exception {
        byte[] bytes;
        try (LocalReference<String> reference = LocalReference.to("value")) {
            bytes = written(reference);
        }
        InvalidObjectException error = assertThrows(InvalidObjectException.class, () -> read(bytes));
        assertEquals("the round of this task is over, or ran in another process", error.getMessage());
    }

    private static byte[] written(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }
}
