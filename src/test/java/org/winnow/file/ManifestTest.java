package org.winnow.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder's manifest tells every change of what it names. */
class ManifestTest {
    @TempDir
    java.nio.file.Path dir;

    private FileSystem files;
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        files = FileSystem.getLocal(new Configuration()).getRawFileSystem();
        folder = new Path(dir.toUri());
        Files.writeString(dir.resolve("a.csv"), "1,2\n");
        Files.createDirectories(dir.resolve("table"));
        Files.writeString(dir.resolve("table/part-0.parquet"), "PAR1");
        Files.writeString(dir.resolve("table/_SUCCESS"), "");
        Files.writeString(dir.resolve("notes.txt"), "of the user");
        Manifest.write(files, folder, "select", name -> !name.equals("notes.txt"));
    }

    private String damage() {
        Damaged damaged = assertThrows(
                Damaged.class, () -> Manifest.read(files, folder, "select").verify(files, folder, part -> true));
        return String.valueOf(damaged.getMessage());
    }

    @Test
    void wholeFoldersAreTaken() throws IOException {
        Manifest manifest = Manifest.read(files, folder, "select");
        assertEquals(Set.of("a.csv", "table/part-0.parquet"), manifest.parts().keySet());
        manifest.verify(files, folder, part -> true);
        assertArrayEquals(
                "1,2\n".getBytes(StandardCharsets.UTF_8), manifest.read(files, folder, "a.csv", Long.MAX_VALUE));
    }

    @Test
    void changesAreTold() throws IOException {
        Files.writeString(dir.resolve("a.csv"), "1,3\n");
        assertEquals("a.csv is not as it was written: its hash differs", damage());
        Files.writeString(dir.resolve("a.csv"), "1,2\n2,3\n");
        assertEquals("a.csv has 8 bytes, 4 were written", damage());
        Files.delete(dir.resolve("a.csv"));
        assertEquals("a.csv is missing", damage());
        Files.writeString(dir.resolve("a.csv"), "1,2\n");
        Files.writeString(dir.resolve("table/part-1.parquet"), "PAR1");
        assertEquals("table/part-1.parquet was not written with the rest", damage());
    }

    @Test
    void whatIsLongerThanAllowedIsNotRead() {
        Damaged damaged = assertThrows(
                Damaged.class, () -> Manifest.read(files, folder, "select").read(files, folder, "a.csv", 3));
        assertEquals("it has 4 bytes, at most 3 are allowed", damaged.getMessage());
    }

    @Test
    void anotherKindOrNoneIsRefused() throws IOException {
        assertThrows(Damaged.class, () -> Manifest.read(files, folder, "model"));
        Files.delete(dir.resolve(Manifest.NAME));
        assertThrows(FileNotFoundException.class, () -> Manifest.read(files, folder, "select"));
    }

    @Test
    void aBitFlippedInAnyByteOfTheManifestIsNoticedOrWithoutEffect() throws IOException {
        byte[] whole = Files.readAllBytes(dir.resolve(Manifest.NAME));
        Manifest written = Manifest.read(files, folder, "select");
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << at % Byte.SIZE);
            Files.write(dir.resolve(Manifest.NAME), flipped);
            try {
                assertEquals(written, Manifest.read(files, folder, "select"), "a blank that is another blank");
            } catch (Damaged noticed) {
                assertTrue(String.valueOf(noticed.getMessage()).startsWith(Manifest.NAME), noticed.getMessage());
            }
        }
    }

    @Test
    void itsJsonIsStrict() {
        String json = StrictJson.write(written());
        JsonMutations.wrong(json)
                .forEach((what, wrong) ->
                        assertThrows(Damaged.class, () -> StrictJson.read(wrong, Manifest.class), what));
        JsonMutations.incomplete(json, "parts")
                .forEach((what, wrong) ->
                        assertThrows(Damaged.class, () -> StrictJson.read(wrong, Manifest.class), what));
    }

    private Manifest written() {
        try {
            return Manifest.read(files, folder, "select");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
