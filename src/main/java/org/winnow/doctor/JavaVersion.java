package org.winnow.doctor;

/** Spark 3.5 runs on 17; the vector module that the jar was compiled with is that of 17. */
final class JavaVersion implements Examination {
    private static final int NEEDED = 17;

    @Override
    public Finding of(Environment environment) {
        int version = environment.javaVersion();
        return version == NEEDED
                ? Finding.ok("JDK " + version)
                : Finding.failure(
                        "JDK " + version + ", needed is " + NEEDED,
                        "install a JDK 17 and let JAVA_HOME (spark.executorEnv.JAVA_HOME for executors) name it");
    }
}
