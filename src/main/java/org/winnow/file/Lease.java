package org.winnow.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.winnow.check.UserError;

/**
 * A name that one run at a time holds, on any file system that shows what is written to everybody. Each run writes a
 * claim of its own, so that nothing has to be created by one alone, and changes it every few seconds. A claim is dead if
 * its process is known to be over, or if it did not change for as long as the lease's time while another run watched: no
 * clock is compared with another.
 *
 * <p>Who wants a name writes a claim that does not hold, and looks for those of others. It withdraws before one that holds
 * or whose id is smaller, waits for one whose id is greater to withdraw, and holds once it is alone. Of two that begin at
 * once each has written before it looks, so at least one of them sees the other; one that saw nobody holds. This asks of a
 * file system no more than that a listing shows what was written before it began, as HDFS, S3 and the stores of Google and
 * Azure do; a store that creates a file only if it is absent is not needed. A store whose listings lag keeps no two apart.
 */
public final class Lease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    /** Below the hook that stops Spark, above the one that closes file systems. */
    private static final int PRIORITY = 15;

    private static final String MARK = ".lease-";
    private static final long LONGEST = 1 << 16;

    private final FileSystem files;
    private final Path folder;
    private final String name;
    private final String id = UUID.randomUUID().toString();
    private final Timing timing;
    private final Holder holder;
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(beat -> {
        Thread thread = new Thread(beat, "lease");
        thread.setDaemon(true);
        return thread;
    });
    private final Runnable hook = this::release;
    private long beat;
    private boolean holds;
    private boolean released;
    private boolean lost;
    private long written = System.nanoTime();

    /**
     * How often a holder changes its claim, and for how long one has to stay unchanged to be dead.
     *
     * @param look how often a claim is looked at that is waited for
     */
    public record Timing(Duration beat, Duration expiry, Duration look) {
        /** A claim that misses three of four beats is dead. */
        public static final Timing USUAL =
                new Timing(Duration.ofSeconds(10), Duration.ofSeconds(40), Duration.ofMillis(500));
    }

    /** What a claim says. */
    private record Claim(Holder holder, boolean holds, long beat) {}

    /**
     * A claim of another run as it was seen last.
     *
     * @param since when it began to be so, on the watching run's own clock
     * @param changed whether it has changed while it was watched
     */
    private record Seen(byte[] bytes, Optional<Claim> claim, long since, boolean changed) {
        static Seen now(byte[] bytes, @Nullable Seen before) {
            return before != null && Arrays.equals(before.bytes, bytes)
                    ? before
                    : new Seen(bytes, parsed(bytes), System.nanoTime(), before != null);
        }

        private static Optional<Claim> parsed(byte[] bytes) {
            try {
                return Optional.of(StrictJson.read(new String(bytes, StandardCharsets.UTF_8), Claim.class));
            } catch (Damaged e) {
                return Optional.empty();
            }
        }

        boolean lives() {
            return changed || claim.filter(it -> it.holder.isRunning()).isPresent();
        }
    }

    private Lease(FileSystem files, Path folder, String name, Holder holder, Timing timing) {
        this.files = files;
        this.folder = folder;
        this.name = name;
        this.holder = holder;
        this.timing = timing;
    }

    /**
     * Takes a name.
     *
     * @param key of the configuration that names the place, for messages
     * @param folder where claims are written; it has to be there
     * @param name that is held
     * @param work what this run is, for the messages of others
     * @throws UserError if another run holds it
     */
    public static Lease take(String key, FileSystem files, Path folder, String name, String work) throws IOException {
        return take(key, files, folder, name, Holder.here(work), Timing.USUAL);
    }

    static Lease take(String key, FileSystem files, Path folder, String name, Holder holder, Timing timing)
            throws IOException {
        Lease lease = new Lease(files, folder, name, holder, timing);
        ShutdownHookManager.get().addShutdownHook(lease.hook, PRIORITY);
        boolean taken = false;
        try {
            lease.write();
            lease.beginBeating();
            Optional<String> other = lease.waitUntilAlone();
            if (other.isPresent()) {
                throw new UserError(key + ": " + new Path(folder, name) + " is in use by another run (" + other.get()
                        + "); wait for its end, or give another place");
            }
            lease.hold();
            taken = true;
            return lease;
        } finally {
            if (!taken) {
                lease.close();
            }
        }
    }

    /** Part of the names of everything that this run leaves while it works. */
    public String id() {
        return id;
    }

    /** Whether the name is still held: a run that was suspended for long may have been taken for dead. */
    public synchronized boolean isHeld() throws IOException {
        return !lost && files.exists(claim(id));
    }

    private synchronized void hold() throws IOException {
        holds = true;
        write();
    }

    private void beginBeating() {
        long every = timing.beat.toMillis();
        var unused = beats.scheduleWithFixedDelay(this::beat, every, every, TimeUnit.MILLISECONDS);
    }

    /** A beat that fails is made up for by the next; whether the name is held is asked before anything is put in place. */
    private synchronized void beat() {
        try {
            if (!released && isHeld()) {
                beat++;
                write();
                withdrawIfLate();
            }
        } catch (IOException e) {
            LOG.warn("the lease of {} could not be renewed", name, e);
        }
    }

    /**
     * A run that was suspended after it had looked for its claim writes it anew though it was taken away. Who took it had
     * written a claim before, so it is seen here.
     */
    private void withdrawIfLate() throws IOException {
        long now = System.nanoTime();
        if (now - written >= timing.expiry.toNanos() && !others().isEmpty()) {
            lost = true;
            files.delete(claim(id), false);
        }
        written = now;
    }

    private void write() throws IOException {
        byte[] claim = StrictJson.write(new Claim(holder, holds, beat)).getBytes(StandardCharsets.UTF_8);
        Unwritten.telling(() -> claim.length, "the mark of who uses " + name, () -> {
            try (OutputStream out = files.create(claim(id), true)) {
                out.write(claim);
            }
        });
    }

    /** The words of who has the name; empty once nobody else wants it. */
    private Optional<String> waitUntilAlone() throws IOException {
        Map<String, Seen> seen = new HashMap<>();
        for (boolean said = false; ; said = true) {
            boolean alone = true;
            for (String other : others()) {
                Optional<Seen> now = look(other, seen.get(other));
                if (now.isEmpty()) {
                    continue;
                }
                seen.put(other, now.get());
                alone = false;
                Optional<Claim> claim = now.get().claim();
                if (claim.isPresent() && now.get().lives() && (claim.get().holds || other.compareTo(id) < 0)) {
                    return Optional.of(claim.get().holder.words());
                }
            }
            if (alone) {
                return Optional.empty();
            }
            if (!said) {
                System.err.println("another run may be using " + new Path(folder, name) + "; it shows within "
                        + timing.expiry.toSeconds() + " s whether it does");
            }
            pause();
        }
    }

    /** A claim as it is now; empty if it is gone, or dead and taken away. */
    private Optional<Seen> look(String other, @Nullable Seen before) throws IOException {
        Seen now;
        try {
            now = Seen.now(WholeFile.read(files, claim(other), LONGEST), before);
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (Damaged e) {
            // Somebody may be writing it just now.
            now = Seen.now(new byte[0], before);
        }
        boolean over = now.claim().filter(claim -> claim.holder.isOver()).isPresent();
        if (over || System.nanoTime() - now.since >= timing.expiry.toNanos()) {
            files.delete(claim(other), false);
            return Optional.empty();
        }
        return Optional.of(now);
    }

    private List<String> others() throws IOException {
        String start = "." + name + MARK;
        return Arrays.stream(files.listStatus(folder))
                .map(FileStatus::getPath)
                .map(Path::getName)
                .filter(file -> file.startsWith(start))
                .map(file -> file.substring(start.length()))
                .filter(other -> !other.equals(id))
                .sorted()
                .toList();
    }

    private Path claim(String owner) {
        return new Path(folder, "." + name + MARK + owner);
    }

    private void pause() throws IOException {
        try {
            Thread.sleep(timing.look.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while another run was waited for", e);
        }
    }

    private synchronized void release() {
        if (!released) {
            released = true;
            beats.shutdown();
            try {
                files.delete(claim(id), false);
            } catch (IOException e) {
                LOG.warn("the lease of {} could not be given back; it expires by itself", name, e);
            }
        }
    }

    @Override
    public void close() {
        release();
        if (!ShutdownHookManager.get().isShutdownInProgress()) {
            ShutdownHookManager.get().removeShutdownHook(hook);
        }
    }
}
