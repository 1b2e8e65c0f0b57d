package org.winnow.check;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What exceptions of Spark, Hadoop, Parquet, DL4J and the decompressors say of a user's input, in words that follow the
 * name of a file and a colon. They are known by the names of their classes and the first lines of their messages: no room
 * has to depend on a library for the sake of what it throws.
 */
public final class InputTrouble {
    private static final int MOST_CAUSES = 20;
    private static final int LONGEST_MESSAGE = 300;

    /** Libraries that do nothing but read what a user gives; whatever is thrown inside of them is about that. */
    private static final Pattern READERS = Pattern.compile("(org\\.apache\\.parquet|shaded\\.parquet"
            + "|org\\.apache\\.hadoop\\.io\\.compress|com\\.github\\.luben\\.zstd|net\\.jpountz|org\\.tukaani|org\\.xerial"
            + "|io\\.airlift\\.compress|java\\.util\\.zip)\\..*");

    private static final Pattern PLAIN_JAVA = Pattern.compile("java\\.(lang|util(?!\\.zip)|nio|io)\\..*");

    private static final List<Rule> RULES = List.of(
            rule("org\\.winnow\\.data\\.read\\.MalformedInput", ".*", "$0"),
            rule(".*(AccessControlException|AccessDeniedException)", ".*", "no permission to read or write it: $0"),
            rule(".*", "(?i)permission denied.*", "no permission to read or write it: $0"),
            rule(".*", ".*(?i:no space left on device).*", "no space is left on the disk: $0"),
            rule(
                    ".*",
                    ".*(?:Class |class )?org\\.apache\\.hadoop\\.io\\.compress\\.(\\w+)Codec (?:was )?not found.*",
                    "it is compressed with $1, which nothing here reads; write it with zstd, snappy or gzip"),
            rule(
                    ".*",
                    ".*native (?:(\\w+) library not available|(\\w+) library is not available).*",
                    "its compression wants a native library of Hadoop that is not here ($1$2); use gzip or zstd"),
            rule(
                    ".*(EOFException|ZipException|ZstdIOException|LZ4Exception|IOException)",
                    "(?i).*(unexpected end|premature eof|truncated|stream ended prematurely|unexpected eof).*",
                    "the file is cut short"),
            rule(".*EOFException", ".*", "the file is cut short"),
            rule(
                    ".*(MalformedInputException|UnmappableCharacterException)",
                    ".*",
                    "its bytes are no text in the character set of data.encoding"),
            rule(".*", "No FileSystem for scheme \"?([\\w+.-]+)\"?.*", "no connector for $1:// is on the class path"),
            rule(".*UnknownHostException", "(?:.*: )?([^ :]+).*", "no host is called $1"),
            rule(".*(ConnectException|NoRouteToHostException|SocketTimeoutException)", ".*", "no connection: $0"),
            rule(".*AnalysisException", ".*PATH_NOT_FOUND.*?(?:exist|found): ?(.*)", "no such file or folder: $1"),
            rule(".*(FileNotFoundException|NoSuchFileException)", "(.*?)(?: does not exist)?", "no such file: $1"),
            rule(
                    ".*(FileAlreadyExistsException|NotDirectoryException|ParentNotDirectoryException)",
                    ".*",
                    "a file is where a folder should be, or the other way: $0"),
            rule(".*ParquetCryptoRuntimeException", ".*", "it is encrypted, which is not read"),
            rule("org\\.apache\\.parquet\\..*", ".*", "cannot be read as Parquet: $0"),
            rule("org\\.apache\\.spark\\.sql\\.AnalysisException", ".*", "Spark makes no table of it: $0"),
            rule("org\\.apache\\.spark\\.sql\\.catalyst\\.parser\\..*", ".*", "Spark does not understand it: $0"),
            rule("org\\.(deeplearning4j\\.exception|nd4j\\.linalg\\.exception)\\..*", ".*", "DL4J refuses it: $0"),
            rule("org\\.nd4j\\.shade\\.jackson\\..*", ".*", "it holds no configuration that DL4J reads: $0"),
            rule(".*ZipException", ".*", "cannot be read: $0"));

    private InputTrouble() {}

    /**
     * An exception that is told.
     *
     * @param type name of its class
     * @param message first line of its message
     * @param sentence what is said; $0 is the message, $1 its first group
     */
    private record Rule(Pattern type, Pattern message, String sentence) {
        Optional<String> of(Throwable e) {
            if (!type.matcher(e.getClass().getName()).matches()) {
                return Optional.empty();
            }
            String line = firstLine(e);
            Matcher matcher = message.matcher(line);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            String told = sentence.replace("$0", line);
            for (int group = 1; group <= matcher.groupCount(); group++) {
                told = told.replace(
                        "$" + group, Optional.ofNullable(matcher.group(group)).orElse(""));
            }
            return Optional.of(told);
        }
    }

    private static Rule rule(String type, String message, String sentence) {
        return new Rule(Pattern.compile(type), Pattern.compile(message), sentence);
    }

    /** What an exception, or one that caused it, says of the input; nothing if it may be our own fault. */
    public static Optional<String> of(Throwable e) {
        Stream<String> told = RULES.stream().flatMap(rule -> causes(e).flatMap(cause -> rule.of(cause).stream()));
        Stream<String> read =
                causes(e).filter(InputTrouble::isOfReader).map(cause -> "cannot be read: " + firstLine(cause));
        return Stream.concat(told, read).findFirst();
    }

    /** The same of a file that a user named; whatever it is, it is about that file. */
    public static String problem(Exception e) {
        return of(e).orElseGet(() -> "cannot be read: " + firstLine(e));
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause).limit(MOST_CAUSES);
    }

    private static boolean isOfReader(Throwable e) {
        boolean inside = Stream.of(e.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> !PLAIN_JAVA.matcher(name).matches())
                .findFirst()
                .filter(name -> READERS.matcher(name).matches())
                .isPresent();
        return inside || READERS.matcher(e.getClass().getName()).matches();
    }

    private static String firstLine(Throwable e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        String line = message.lines().findFirst().orElse("").strip();
        String shown = line.isEmpty() ? e.getClass().getSimpleName() : line;
        return shown.length() <= LONGEST_MESSAGE ? shown : shown.substring(0, LONGEST_MESSAGE) + " …";
    }
}
