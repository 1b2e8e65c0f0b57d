package org.winnow.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is there is whole, as it was before or as it is to be, on disks and on object stores. */
class WholeFileTest {
    @TempDir
    java.nio.file.Path dir;

    private final Configuration hadoop = new Configuration();

    @BeforeEach
    @AfterEach
    void revive() {
        ObjectStore.revive(hadoop);
    }

    private static void write(FileSystem files, Path file, String text) throws IOException {
        WholeFile.write(files, file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aFailureInTheMiddleLeavesWhatWasThere() throws IOException {
        for (String scheme : Set.of("file", "objects")) {
            Path file = new Path(scheme + "://" + dir.resolve(scheme + ".json"));
            FileSystem files = file.getFileSystem(hadoop);
            write(files, file, "old");
            assertThrows(
                    IOException.class,
                    () -> WholeFile.write(files, file, out -> {
                        out.write('n');
                        throw new IOException("in the middle");
                    }));
            assertEquals("old", Files.readString(dir.resolve(scheme + ".json")));
            write(files, file, "new");
            assertEquals("new", Files.readString(dir.resolve(scheme + ".json")));
        }
    }

    @Test
    void anObjectIsReplacedInOneStep() throws IOException {
        Path file = new Path("objects://" + dir.resolve("state.json"));
        FileSystem files = file.getFileSystem(hadoop);
        write(files, file, "old");
        ObjectStore.killAfter(0);
        assertThrows(IOException.class, () -> write(files, file, "new"));
        assertEquals("old", Files.readString(dir.resolve("state.json")));
        ObjectStore.killAfter(1);
        write(files, file, "new");
        assertEquals("new", Files.readString(dir.resolve("state.json")));
        try (var all = Files.list(dir)) {
            assertTrue(all.allMatch(path -> path.endsWith("state.json")));
        }
    }
}
