package org.winnow.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.winnow.check.UserError;

/** A sealed file is read as it was written under its name, or not at all. */
class SealedTest {
    private record Note(String text, double number, byte[] bytes) {}

    private static final Sealed.Form<Note> FORM = new Sealed.Form<>("note", 3, Note.class);
    private static final Note NOTE = new Note("a\nb", 0.1, new byte[] {1, 2, 3});

    private static Note read(byte[] bytes, String name) throws Damaged {
        return FORM.read(bytes, name, "output.dir: " + name);
    }

    private static String damage(byte[] bytes, String name) {
        return String.valueOf(
                assertThrows(Damaged.class, () -> read(bytes, name)).getMessage());
    }

    @Test
    void comesBack() throws Damaged {
        Note read = read(FORM.write("a.json", NOTE), "a.json");
        assertEquals(NOTE.text, read.text);
        assertEquals(NOTE.number, read.number);
        assertTrue(Arrays.equals(NOTE.bytes, read.bytes));
    }

    @Test
    void everyBitThatIsFlippedIsNoticed() {
        byte[] whole = FORM.write("a.json", NOTE);
        for (int bit = 0; bit < whole.length * Byte.SIZE; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            damage(flipped, "a.json");
        }
    }

    @Test
    void everyLengthThatIsCutOffIsNoticed() {
        byte[] whole = FORM.write("a.json", NOTE);
        for (int length = 0; length < whole.length; length++) {
            damage(Arrays.copyOf(whole, length), "a.json");
        }
        assertEquals("it is empty", damage(new byte[0], "a.json"));
    }

    @Test
    void aCopyUnderAnotherNameIsNotTakenForAnother() {
        assertEquals("it was written as a.json, a note", damage(FORM.write("a.json", NOTE), "b.json"));
        Sealed.Form<Note> letters = new Sealed.Form<>("letter", 3, Note.class);
        assertEquals("it was written as a.json, a letter", damage(letters.write("a.json", NOTE), "a.json"));
    }

    @Test
    void anotherVersionIsRefusedAndNotCalledDamaged() {
        byte[] later = new Sealed.Form<>("note", 4, Note.class).write("a.json", NOTE);
        byte[] unsealed = "{\"version\":2,\"text\":\"a\"}".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "output.dir: a.json has version 4, this program reads 3: go on with the Winnow that wrote it, or begin anew in another folder",
                assertThrows(UserError.class, () -> read(later, "a.json")).getMessage());
        assertEquals(
                "output.dir: a.json has version 2, this program reads 3: go on with the Winnow that wrote it, or begin anew in another folder",
                assertThrows(UserError.class, () -> read(unsealed, "a.json")).getMessage());
    }
}
