package org.winnow.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A headless Chromium: of the {@code PATH}, or where {@code WINNOW_CHROMIUM} says.
 *
 * @param program to start
 * @param profile an empty folder
 */
public record Browser(Path program, Path profile) {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    /** The browser of this machine, if it has one. */
    public static Optional<Browser> find(Path profile) {
        String given = System.getenv("WINNOW_CHROMIUM");
        Stream<Path> candidates = given != null
                ? Stream.of(Path.of(given))
                : Pattern.compile(":")
                        .splitAsStream(System.getenv("PATH"))
                        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
        return candidates.filter(Files::isExecutable).findFirst().map(program -> new Browser(program, profile));
    }

    /** The text of the document that a page makes of itself, markup and all, without its scripts. */
    public String open(Path page) throws IOException, InterruptedException {
        Path errors = profile.resolveSibling(profile.getFileName() + ".log");
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-sync",
                        "--user-data-dir=" + profile,
                        "--virtual-time-budget=5000",
                        "--dump-dom",
                        page.toUri().toString())
                .redirectError(errors.toFile())
                .start();
        String document = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("the browser failed: " + Files.readString(errors));
        }
        return document.replaceAll("(?s)<script.*?</script>", "");
    }

    /** The text between the tags of the elements that a pattern begins. */
    public static List<String> texts(String document, String opening) {
        return Pattern.compile(opening + "[^>]*>([^<]*)<")
                .matcher(document)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** How often a pattern is found. */
    public static long count(String document, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(document);
        return matcher.results().count();
    }
}
