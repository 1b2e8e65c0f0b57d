package org.winnow.doctor;

import java.util.List;

/** What Spark and Kryo reach into. */
final class OpenPackages implements Examination {
    @Override
    public Finding of(Environment environment) {
        List<String> closed = environment.closedPackages();
        return closed.isEmpty()
                ? Finding.ok("add-opens: all")
                : Finding.failure(
                        "add-opens: closed are " + String.join(", ", closed),
                        "submit with jobs/*.sh or --properties-file conf/spark-defaults.conf; options of your own in"
                                + " extraJavaOptions have to repeat its list");
    }
}
