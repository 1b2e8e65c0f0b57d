package org.winnow.doctor;

/** Native threads beyond a task's cores stand in each other's way. */
final class NativeThreads implements Examination {
    @Override
    public Finding of(Environment environment) {
        int threads = environment.nativeThreads();
        int cores = environment.taskCores();
        return threads >= 1 && threads <= cores
                ? Finding.ok("native threads of a task: " + threads)
                : Finding.warning(
                        "native threads of a task: " + (threads == 0 ? "as many as processors" : threads)
                                + ", where a task has " + cores + " cores: small networks become several times slower",
                        "set OMP_NUM_THREADS=" + cores + " (spark.executorEnv.OMP_NUM_THREADS for executors)");
    }
}
