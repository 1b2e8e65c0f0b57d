package org.winnow.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Which of the classes that a job has loaded may go into an archive that later JVMs map into their memory instead of
 * reading and verifying the classes anew: those that have a file where any release of Java looks for it. Agents and flight
 * recordings want to see that file, and JVMs of release 17 do not bear that there is none.
 */
public final class SharedClasses {
    private static final Pattern VERSIONED = Pattern.compile("META-INF/versions/\\d+/(.+)\\.class");

    private SharedClasses() {}

    /**
     * Leaves out of a list, as {@code -XX:DumpLoadedClassList} writes it, what may not go into the archive.
     *
     * @param words the list's file, then the folders of jars; the class path is that of the jobs
     */
    public static void main(String[] words) throws IOException {
        Path list = Path.of(words[0]);
        Set<String> versioned = new HashSet<>();
        for (String folder : Arrays.asList(words).subList(1, words.length)) {
            try (Stream<Path> jars = Files.list(Path.of(folder))) {
                for (Path jar :
                        jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                    versioned.addAll(versioned(jar));
                }
            }
        }
        Predicate<String> hasFile =
                name -> !versioned.contains(name) && ClassLoader.getSystemResource(name + ".class") != null;
        Files.write(list, shared(Files.readAllLines(list), hasFile));
    }

    /** Names, with slashes, of the classes that a jar has for some releases alone. */
    static Set<String> versioned(Path jar) throws IOException {
        Set<String> names = new HashSet<>();
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            if (file.isMultiRelease()) {
                file.stream()
                        .map(ZipEntry::getName)
                        .map(VERSIONED::matcher)
                        .filter(Matcher::matches)
                        .forEach(entry -> names.add(entry.group(1)));
            }
        }
        return names;
    }

    /** The lines of such classes, and of lambdas in them. */
    static List<String> shared(List<String> lines, Predicate<String> hasFile) {
        return lines.stream()
                .filter(line -> !line.startsWith("@lambda-form-invoker"))
                .filter(line ->
                        hasFile.test(line.replaceFirst("^@lambda-proxy ", "").replaceFirst(" .*", "")))
                .toList();
    }
}
