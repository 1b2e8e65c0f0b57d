package org.winnow.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** What it takes to copy bytes from one array to another: the least that handing over a network's state can cost. */
public final class Copying {
    private static final int REPEATS = 7;
    private static final int PATIENCE_MILLIS = 60_000;

    private Copying() {}

    /** Seconds to copy so many bytes in memory, by one thread. */
    public static double inMemory(long bytes) {
        return 2 * bytes / Memory.bytesPerSecond();
    }

    /**
     * Seconds to send an array of so many bytes so many times through a socket on loopback, and to read it into another
     * array at the other end: of several the median.
     */
    public static double throughLoopback(int bytes, int times) throws IOException {
        double[] seconds = new double[REPEATS];
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket sender = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket reader = server.accept()) {
            reader.setSoTimeout(PATIENCE_MILLIS);
            byte[] from = new byte[bytes];
            byte[] into = new byte[bytes];
            for (int i = 0; i < REPEATS; i++) {
                long started = System.nanoTime();
                CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(from, times, sender));
                read(into, times, reader);
                sent.join();
                seconds[i] = (System.nanoTime() - started) * 1e-9;
            }
        }
        Arrays.sort(seconds);
        return seconds[REPEATS / 2];
    }

    private static void send(byte[] bytes, int times, Socket socket) {
        try {
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < times; i++) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(byte[] into, int times, Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        for (int i = 0; i < times; i++) {
            in.readNBytes(into, 0, into.length);
        }
    }
}
