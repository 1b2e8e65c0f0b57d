package org.winnow.doctor;

/** Classes compiled for one Scala do not link with another. */
final class ScalaVersion implements Examination {
    private static final String NEEDED = "2.12.";

    @Override
    public Finding of(Environment environment) {
        String version = environment.scalaVersion();
        return version.startsWith(NEEDED)
                ? Finding.ok("Scala " + version)
                : Finding.failure(
                        "Scala " + version + ", needed is 2.12",
                        "let SPARK_HOME name a Spark 3.5 for Scala 2.12, the default download");
    }
}
