package org.winnow.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.check.UserError;

/** A name is held by one at a time, whatever became of those before. */
class LeaseTest {
    /** Beats so often, and waits so long, that a busy machine is not taken for a dead one. */
    private static final Lease.Timing PATIENT =
            new Lease.Timing(Duration.ofMillis(20), Duration.ofMinutes(5), Duration.ofMillis(10));

    private static final Lease.Timing IMPATIENT =
            new Lease.Timing(Duration.ofMinutes(5), Duration.ofMillis(50), Duration.ofMillis(10));

    @TempDir
    java.nio.file.Path dir;

    private FileSystem files;

    @BeforeEach
    void local() throws IOException {
        files = FileSystem.getLocal(new Configuration()).getRawFileSystem();
    }

    /** One whose machine nobody knows, as on another host. */
    private static Holder elsewhere(String host) {
        return new Holder("select", "somebody", host, "", 4711, "");
    }

    private Lease take(Holder holder, Lease.Timing timing) throws IOException {
        return Lease.take("output.dir", files, new Path(dir.toUri()), "out", holder, timing);
    }

    private String refused(Holder holder, Lease.Timing timing) {
        return assertThrows(UserError.class, () -> take(holder, timing)).getMessage();
    }

    private long claims() throws IOException {
        try (Stream<java.nio.file.Path> all = Files.list(dir)) {
            return all.count();
        }
    }

    @Test
    void aSecondIsToldWhoHoldsIt() throws IOException {
        try (Lease first = take(Holder.here("select"), PATIENT)) {
            String said = refused(Holder.here("prune"), PATIENT);
            assertTrue(said.startsWith("output.dir: "), said);
            assertTrue(said.contains("/out is in use by another run (select of "), said);
            assertTrue(said.contains("process " + ProcessHandle.current().pid() + " on "), said);
            assertTrue(first.isHeld());
        }
        assertEquals(0, claims());
        take(Holder.here("prune"), PATIENT).close();
    }

    @Test
    void whatAKilledProcessHeldIsFreeAtOnce() throws IOException {
        Holder here = Holder.here("select");
        Holder killed =
                new Holder("select", here.user(), here.host(), here.machine(), here.process(), "1970-01-01T00:00:00Z");
        try (Lease left = take(killed, PATIENT);
                Lease next = take(here, PATIENT)) {
            assertTrue(next.isHeld());
            assertFalse(left.isHeld());
        }
    }

    @Test
    void whoLivesElsewhereIsWaitedForUntilItShowsSo() throws IOException {
        try (Lease first = take(elsewhere("far"), PATIENT)) {
            assertTrue(refused(elsewhere("near"), PATIENT).contains("select of somebody, process 4711 on far"));
            assertTrue(first.isHeld());
        }
    }

    @Test
    void whoIsSilentElsewhereIsTakenForDeadAndHearsOfIt() throws IOException {
        try (Lease silent = take(elsewhere("far"), IMPATIENT);
                Lease next = take(elsewhere("near"), IMPATIENT)) {
            assertTrue(next.isHeld());
            assertFalse(silent.isHeld());
        }
    }

    @Test
    void whoWasSuspendedWhileItRenewedItsClaimWithdraws() throws Exception {
        Pausing slow = new Pausing(files);
        Lease.Timing often = new Lease.Timing(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(10));
        try (Lease suspended = Lease.take("output.dir", slow, new Path(dir.toUri()), "out", elsewhere("far"), often)) {
            slow.pauseAtNextWrite();
            try (Lease next = take(elsewhere("near"), IMPATIENT)) {
                // It writes the claim anew that was taken away.
                slow.resume();
                assertFalse(suspended.isHeld());
                assertTrue(next.isHeld());
                assertEquals(1, claims());
            }
        }
    }

    /** A file system on which a process is suspended as it begins to write. */
    private static final class Pausing extends FilterFileSystem {
        private volatile CountDownLatch paused = new CountDownLatch(0);
        private volatile CountDownLatch resumed = new CountDownLatch(0);

        Pausing(FileSystem files) {
            super(files);
        }

        void pauseAtNextWrite() throws InterruptedException {
            resumed = new CountDownLatch(1);
            paused = new CountDownLatch(1);
            paused.await();
        }

        void resume() {
            resumed.countDown();
        }

        @Override
        public FSDataOutputStream create(
                Path file,
                FsPermission permission,
                boolean overwrite,
                int bufferSize,
                short replication,
                long blockSize,
                Progressable progress)
                throws IOException {
            paused.countDown();
            try {
                resumed.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
        }
    }

    @Test
    void aClaimThatIsCutOffExpires() throws IOException {
        Files.writeString(dir.resolve(".out.lease-0"), "{\"holder\":");
        try (Lease next = take(Holder.here("select"), IMPATIENT)) {
            assertTrue(next.isHeld());
            assertEquals(1, claims());
        }
    }

    @Test
    void ofManyAtOnceOneHoldsItAtATime() throws Exception {
        int runs = 8;
        ExecutorService threads = Executors.newFixedThreadPool(runs);
        try {
            for (int round = 0; round < 5; round++) {
                CountDownLatch all = new CountDownLatch(runs);
                List<Callable<Lease>> takes = new ArrayList<>();
                for (int i = 0; i < runs; i++) {
                    takes.add(() -> {
                        all.countDown();
                        all.await();
                        return take(Holder.here("select"), PATIENT);
                    });
                }
                List<Lease> held = new ArrayList<>();
                for (Future<Lease> taken : threads.invokeAll(takes)) {
                    try {
                        held.add(taken.get());
                    } catch (java.util.concurrent.ExecutionException e) {
                        assertTrue(e.getCause() instanceof UserError, String.valueOf(e.getCause()));
                    }
                }
                assertEquals(1, held.size());
                held.get(0).close();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
