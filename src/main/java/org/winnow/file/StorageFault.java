package org.winnow.file;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.winnow.check.UserError;

/** Troubles of disks that neither a configuration nor a program is to blame for: with room again, the same command goes on. */
public enum StorageFault {
    FULL("no space is left where this run writes", "make room there", "no space left on device|not enough space"),
    QUOTA(
            "a quota is used up where this run writes",
            "make room there or have it raised",
            "disk quota exceeded|QuotaExceededException"),
    READ_ONLY("a place where this run writes can only be read", "have it mounted for writing", "read-only file system");

    private static final int MOST_CAUSES = 50;

    private final String sentence;
    private final String cure;
    private final Pattern signs;

    StorageFault(String sentence, String cure, String signs) {
        this.sentence = sentence;
        this.cure = cure;
        this.signs = Pattern.compile(signs, Pattern.CASE_INSENSITIVE);
    }

    /** What is the trouble, as the beginning of a sentence. */
    public String sentence() {
        return sentence;
    }

    /** What mends it at the same place, as a part of a sentence. */
    public String cure() {
        return cure;
    }

    /**
     * What is thrown where a run cannot begin to write: a user's error, unless room is wanting, of which a job tells with
     * what is left and what is needed.
     *
     * @param sentence with the key and the place that it names
     */
    public static RuntimeException atStart(String sentence, Exception e) {
        if (isWantOfRoom(e)) {
            return new IllegalStateException(sentence, e);
        }
        String cure = in(e).map(found -> "; " + found.cure() + ", or give another place")
                .orElse("");
        return new UserError(sentence + ": " + e.getMessage() + cure, e);
    }

    /** Whether more room would have helped. */
    public static boolean isWantOfRoom(Throwable e) {
        return in(e).filter(fault -> fault != READ_ONLY).isPresent();
    }

    /** The one that an error or one of its causes tells of. Tasks of Spark tell of their causes in words. */
    public static Optional<StorageFault> in(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause)
                .limit(MOST_CAUSES)
                .map(Throwable::toString)
                .flatMap(said -> Arrays.stream(values())
                        .filter(fault -> fault.signs.matcher(said).find()))
                .findFirst();
    }
}
