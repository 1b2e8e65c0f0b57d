package org.winnow.train;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.SparkStatusTracker;

/** Says what a run waits for when none of its tasks has ended for long: an executor that was stopped says nothing itself. */
final class Waiting implements AutoCloseable {
    private static final long LOOK_SECONDS = 2;

    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(look -> {
        Thread thread = new Thread(look, "waiting");
        thread.setDaemon(true);
        return thread;
    });

    /** Watches over the jobs of a group; where tasks run in the driver's own process there is nothing to watch. */
    Waiting(SparkContext spark, String group) {
        if (!spark.isLocal()) {
            SparkStatusTracker status = spark.statusTracker();
            Patience patience = new Patience();
            var unused = looks.scheduleWithFixedDelay(
                    () -> under(status, group)
                            .flatMap(tasks -> patience.look(tasks, System.nanoTime()))
                            .ifPresent(System.err::println),
                    LOOK_SECONDS,
                    LOOK_SECONDS,
                    TimeUnit.SECONDS);
        }
    }

    /**
     * The tasks that are under way.
     *
     * @param stage of which they are
     * @param what it does, for messages
     * @param ended how many have
     * @param hosts where the others run
     */
    record Tasks(int stage, String what, int ended, int of, String hosts) {
        boolean isAfter(Tasks before) {
            return stage != before.stage || ended != before.ended;
        }
    }

    /** Ten seconds, or three times as long as tasks took before. */
    static final class Patience {
        private static final double FIRST_SECONDS = 10;
        private static final double TIMES = 3;
        private static final double NANOS = 1e9;

        private Tasks last = new Tasks(-1, "", 0, 0, "");
        private long since;
        private double longest;
        private boolean said;

        /** A sentence, once for each time that it wears out. */
        Optional<String> look(Tasks now, long nanos) {
            double waited = (nanos - since) / NANOS;
            if (now.isAfter(last)) {
                longest = last.stage < 0 ? 0 : Math.max(longest, waited);
                last = now;
                since = nanos;
                said = false;
                return Optional.empty();
            }
            if (said || waited < Math.max(FIRST_SECONDS, TIMES * longest)) {
                return Optional.empty();
            }
            said = true;
            return Optional.of("\nno task has ended for " + Math.round(waited) + " s; " + now.what + " waits for "
                    + (now.of - now.ended) + " of " + now.of + " tasks, on " + now.hosts);
        }
    }

    private static Optional<Tasks> under(SparkStatusTracker status, String group) {
        return Arrays.stream(status.getActiveStageIds())
                .boxed()
                .filter(stage -> isOf(status, group, stage))
                .map(stage -> status.getStageInfo(stage))
                .filter(stage -> stage.isDefined() && stage.get().numActiveTasks() > 0)
                .map(stage -> stage.get())
                .findFirst()
                .map(stage -> tasks(status, group, stage));
    }

    private static boolean isOf(SparkStatusTracker status, String group, int stage) {
        return Arrays.stream(status.getJobIdsForGroup(group))
                .mapToObj(job -> status.getJobInfo(job))
                .filter(job -> job.isDefined())
                .anyMatch(job -> Arrays.stream(job.get().stageIds()).anyMatch(id -> id == stage));
    }

    /** What is trained, of the name of a run: a trial's hash, which says nothing to people, a hyphen, and the network. */
    private static String networkOf(String run) {
        return run.substring(run.indexOf('-') + 1).replace('-', ' ');
    }

    private static Tasks tasks(SparkStatusTracker status, String group, SparkStageInfo stage) {
        String hosts = Arrays.stream(status.getExecutorInfos())
                .filter(executor -> executor.numRunningTasks() > 0)
                .map(SparkExecutorInfo::host)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return new Tasks(stage.stageId(), networkOf(group), stage.numCompletedTasks(), stage.numTasks(), hosts);
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
