package org.winnow.file;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The process that holds a lease.
 *
 * @param work what it does, for messages
 * @param machine names the running system and its table of processes; empty where that is not known
 * @param started when the process was, to tell it from a later one of the same number
 */
record Holder(String work, String user, String host, String machine, long process, String started) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path PROCESSES = Path.of("/proc/self/ns/pid");

    static Holder here(String work) {
        ProcessHandle self = ProcessHandle.current();
        return new Holder(
                work,
                System.getProperty("user.name", "unknown"),
                thisHost(),
                thisMachine(),
                self.pid(),
                start(self).orElse(""));
    }

    /** Whether the process is certain to be over: only the same machine can say so. */
    boolean isOver() {
        return isHere()
                && ProcessHandle.of(process)
                        .filter(ProcessHandle::isAlive)
                        .flatMap(Holder::start)
                        .filter(start -> start.equals(started))
                        .isEmpty();
    }

    /** Whether the process is certain to run. */
    boolean isRunning() {
        return isHere() && !isOver();
    }

    private boolean isHere() {
        return !machine.isEmpty() && !started.isEmpty() && machine.equals(thisMachine());
    }

    /** In words. */
    String words() {
        return work + " of " + user + ", process " + process + " on " + host
                + (started.isEmpty() ? "" : ", started " + started);
    }

    private static Optional<String> start(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(start -> start.truncatedTo(ChronoUnit.SECONDS))
                .map(Instant::toString);
    }

    private static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "an unnamed host";
        }
    }

    /** Containers may share a host's name, or its system; the same numbers of processes mean the same only within one. */
    private static String thisMachine() {
        try {
            return Files.readString(BOOT).strip() + " " + Files.readSymbolicLink(PROCESSES);
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }
}
