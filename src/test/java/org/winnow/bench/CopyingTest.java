package org.winnow.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CopyingTest {
    /** Sixteen thousand times the bytes take longer, however loaded the machine is. */
    @Test
    void moreBytesTakeLonger() throws IOException {
        assertTrue(Copying.throughLoopback(1 << 12, 1) < Copying.throughLoopback(1 << 22, 16));
        assertTrue(Copying.inMemory(1 << 12) < Copying.inMemory(1 << 26));
    }
}
