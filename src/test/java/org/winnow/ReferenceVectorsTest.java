package org.winnow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.winnow.reference.ReferenceVectors;
import org.winnow.reference.Report;

/**
 * Our layers give the numbers of existing implementations. {@code -Dreference.dir=DIR} runs the cases of another
 * directory.
 */
class ReferenceVectorsTest {
    @Test
    void everyCaseAgrees() throws IOException {
        String directory = System.getProperty("reference.dir", "src/test/resources/reference");

        Report report = ReferenceVectors.check(Path.of(directory));

        report.lines().forEach(System.out::println);
        assertEquals(List.of(), report.failures());
    }
}
