package org.winnow.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedClassesTest {
    @TempDir
    Path dir;

    private Path jar(String name, boolean multiRelease, String... entries) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, String.valueOf(multiRelease));
        Path jar = dir.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entriesOut = new JarOutputStream(out, manifest)) {
            for (String entry : entries) {
                entriesOut.putNextEntry(new ZipEntry(entry));
                entriesOut.closeEntry();
            }
        }
        return jar;
    }

    @Test
    void classesOfSomeReleasesAloneAreFoundInJarsThatSaySo() throws IOException {
        String[] entries = {"a/A.class", "META-INF/versions/9/a/B.class", "META-INF/versions/11/a/C.class", "b.txt"};
        assertEquals(Set.of("a/B", "a/C"), SharedClasses.versioned(jar("some.jar", true, entries)));
        assertEquals(Set.of(), SharedClasses.versioned(jar("none.jar", false, entries)));
    }

    @Test
    void onlyClassesWithAFileStay() {
        List<String> lines = List.of(
                "a/A id: 1",
                "made/At$Runtime id: 2",
                "@lambda-proxy a/A run ()V",
                "@lambda-proxy made/At run ()V",
                "@lambda-form-invoker [LF_RESOLVE] a/A x");
        assertEquals(
                List.of("a/A id: 1", "@lambda-proxy a/A run ()V"),
                SharedClasses.shared(lines, Set.of("a/A")::contains));
    }

    @Test
    void aListIsWrittenInItsPlace() throws IOException {
        jar("some.jar", true, "META-INF/versions/9/java/lang/String.class");
        Path list = Files.writeString(
                dir.resolve("classes.list"), "java/lang/Object id: 0\njava/lang/String id: 1\nno/Such id: 2\n");
        SharedClasses.main(new String[] {list.toString(), dir.toString()});
        assertEquals(List.of("java/lang/Object id: 0"), Files.readAllLines(list));
    }
}
