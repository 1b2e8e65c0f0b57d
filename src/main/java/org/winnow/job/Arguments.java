package org.winnow.job;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.winnow.check.UserError;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** A job's command line: {@code [--conf FILE] [key=value …]}, also as {@code --key value}; {@code --help}, {@code --version}. */
record Arguments(Optional<Path> conf, Map<String, String> overrides, boolean help, boolean version) {
    private static final String DASHES = "--";

    /** @throws UserError for an unknown option, or a word that is not {@code key=value} */
    static Arguments parse(String... words) {
        CommandSpec spec = CommandSpec.create()
                .addOption(OptionSpec.builder("--conf").type(Path.class).build())
                .addOption(OptionSpec.builder("-h", "--help").usageHelp(true).build())
                .addOption(OptionSpec.builder("--version").versionHelp(true).build())
                .addPositional(PositionalParamSpec.builder()
                        .arity("0..*")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .build());
        try {
            ParseResult parsed = new CommandLine(spec)
                    .setUnmatchedOptionsArePositionalParams(true)
                    .parseArgs(words);
            List<String> pairs =
                    parsed.hasMatchedPositional(0) ? parsed.matchedPositionalValue(0, List.of()) : List.of();
            return new Arguments(
                    Optional.ofNullable(parsed.matchedOptionValue("--conf", null)),
                    pairs(pairs),
                    parsed.isUsageHelpRequested(),
                    parsed.isVersionHelpRequested());
        } catch (ParameterException e) {
            throw new UserError(e.getMessage() + "; allowed: [--conf FILE] [key=value …], --help, --version", e);
        }
    }

    private static Map<String, String> pairs(List<String> words) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (Iterator<String> next = words.iterator(); next.hasNext(); ) {
            String word = next.next();
            boolean dashed = word.startsWith(DASHES);
            String pair = dashed ? word.substring(DASHES.length()) : word;
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
            } else if (dashed && !pair.isEmpty() && equals < 0 && next.hasNext()) {
                pairs.put(pair, next.next());
            } else {
                throw new UserError("arguments must be key=value or --key value, got " + word);
            }
        }
        return pairs;
    }
}
