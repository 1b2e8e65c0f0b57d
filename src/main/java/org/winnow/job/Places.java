package org.winnow.job;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.winnow.file.Unwritten;

/** The places that a run writes to, and the room that is left there. */
final class Places {
    private static final List<String> KEYS =
            List.of("output.dir", "output.path", "results.dir", "train.checkpoint.dir");
    private static final String SPARK = "spark.local.dir";

    private Places() {}

    /** For example {@code output.dir out (12 MiB left), spark.local.dir /tmp (300 MiB left)}. */
    static String withRoom(Map<String, String> settings, Configuration hadoop) {
        Stream<String> named = KEYS.stream()
                .filter(settings::containsKey)
                .map(key -> {
                    String place = Objects.requireNonNull(settings.get(key));
                    boolean byDefault = place.isEmpty() && key.equals("output.dir");
                    return place.isEmpty() && !byDefault ? "" : room(key, byDefault ? "out" : place, hadoop);
                })
                .filter(said -> !said.isEmpty());
        String local = System.getProperty(SPARK, System.getProperty("java.io.tmpdir", "/tmp"));
        Stream<String> spark = Stream.of(local.split(",")).map(place -> room(SPARK, "file:" + place, hadoop));
        return Stream.concat(named, spark).collect(Collectors.joining(", "));
    }

    private static String room(String key, String place, Configuration hadoop) {
        String shown = key + " " + place.replaceFirst("^file:(?=/)", "");
        try {
            Path path = new Path(place);
            FileSystem files = path.getFileSystem(hadoop);
            Path there = files.makeQualified(path);
            while (!files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            long left = files.getStatus(there).getRemaining();
            return left == Long.MAX_VALUE ? shown : shown + " (" + Unwritten.size(left) + " left)";
        } catch (IOException | RuntimeException | org.apache.hadoop.fs.FSError e) {
            // A place that says nothing of its room is named all the same.
            return shown;
        }
    }
}
