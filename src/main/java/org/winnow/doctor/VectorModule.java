package org.winnow.doctor;

/** Without it the scalar kernel computes, with other bits than where it is there. */
final class VectorModule implements Examination {
    @Override
    public Finding of(Environment environment) {
        return environment.vectorModule()
                ? Finding.ok("vector module: there")
                : Finding.failure(
                        "vector module: missing, results would differ from place to place and take longer",
                        "add --add-modules=jdk.incubator.vector to extraJavaOptions, as conf/spark-defaults.conf does");
    }
}
