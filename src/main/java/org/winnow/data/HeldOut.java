package org.winnow.data;

import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.winnow.check.UserError;
import org.winnow.data.read.Source;

/**
 * Which rows are held out: a share of all, drawn at random, or those of some parts.
 *
 * @param fraction of all rows; of no effect if there are parts
 * @param parts for each part whether its rows are held out
 */
record HeldOut(double fraction, boolean[] parts) implements Serializable {
    /**
     * What the options say.
     *
     * @throws UserError if no file, or every file, is named as those held out
     */
    static HeldOut of(Source source, DataOptions options) {
        boolean[] parts = new boolean[source.parts().size()];
        if (options.testFiles().isEmpty()) {
            return new HeldOut(options.testFraction(), parts);
        }
        Pattern names = Pattern.compile(
                options.testFiles().chars().mapToObj(HeldOut::regex).collect(Collectors.joining()));
        List<String> files = source.parts().stream()
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .toList();
        IntStream.range(0, parts.length)
                .forEach(part -> parts[part] = names.matcher(files.get(part)).matches());
        HeldOut heldOut = new HeldOut(0, parts);
        if (!heldOut.byFile() || IntStream.range(0, parts.length).allMatch(part -> parts[part])) {
            throw new UserError("data.test_files must name some and not all of the files "
                    + files.stream().distinct().collect(Collectors.joining(", ")) + ", got " + options.testFiles());
        }
        return heldOut;
    }

    /** Whether it goes by parts. */
    boolean byFile() {
        return IntStream.range(0, parts.length).anyMatch(part -> parts[part]);
    }

    private static String regex(int character) {
        return switch (character) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(Character.toString(character));
        };
    }
}
