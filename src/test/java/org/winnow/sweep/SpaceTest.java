package org.winnow.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.winnow.check.UserError;

class SpaceTest {
    private static List<Map<String, Object>> points(String space, String... options) {
        return Space.of(ConfigFactory.parseString(space).root()).points(SweepSettings.of(options)).stream()
                .map(SpaceTest::plain)
                .toList();
    }

    private static Map<String, Object> plain(Map<String, ConfigValue> point) {
        return point.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().unwrapped()));
    }

    @Test
    void aGridCrossesListsRangesAndChoices() {
        List<Map<String, Object>> points =
                points("a.b = [1, 2]\n a.c { from = 0.001, to = 0.1, count = 3, scale = log }\n"
                        + " d { choice = [x, y] }\n e = [[64, 32], []]");
        assertEquals(2 * 3 * 2 * 2, new HashSet<>(points).size());
        assertEquals(
                Set.of(0.001, 0.01, 0.1),
                points.stream().map(point -> point.get("a.c")).collect(Collectors.toSet()));
        assertEquals(
                Set.of(List.of(64, 32), List.of()),
                points.stream().map(point -> point.get("e")).collect(Collectors.toSet()));
    }

    @Test
    void theOrderInWhichASpaceIsWrittenDoesNotMatter() {
        assertEquals(points("a = [1, 2]\n b = [3]"), points("b = [3]\n a = [1, 2]"));
    }

    @Test
    void aLatinHypercubeHasOnePointInEachStratumOfEveryRangeAndCrossesLists() {
        List<Map<String, Object>> points = points(
                "a { from = 0, to = 10 }\n b { from = 0, to = 10 }\n s = [1, 2]",
                "sampler=latin_hypercube",
                "samples=10");
        assertEquals(20, points.size());
        for (String key : List.of("a", "b")) {
            assertEquals(
                    Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
                    points.stream()
                            .map(point -> (int) Double.parseDouble(String.valueOf(point.get(key))))
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void randomPointsAreThoseOfTheirSeed() {
        String space = "a { from = 1, to = 100, scale = log }\n n { from = 1, to = 5, whole = true }";
        List<Map<String, Object>> points = points(space, "sampler=random", "samples=30");
        assertEquals(points, points(space, "sampler=random", "samples=30"));
        assertTrue(!points.equals(points(space, "sampler=random", "samples=30", "seed=2")));
        assertTrue(
                points.stream().allMatch(point -> point.get("n") instanceof Integer || point.get("n") instanceof Long));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{} ~ must have at least one key",
                "a = [] ~ sweep.space.a: must have at least one value",
                "a = 3 ~ sweep.space.a: must be a list",
                "a { from = 2, to = 1 } ~ sweep.space.a: from must be at most to, got 2.0 and 1.0",
                "a { from = 0, to = 1, scale = log } ~ from must be above 0 on a log scale",
                "a { from = 0, to = 1, scale = cubic } ~ scale must be linear or log, got cubic",
                "a { from = 0 } ~ a range needs from and to",
                "a { from = 0, to = x } ~ to must be a number, got x",
                "a { from = 0, to = 1, choice = [1] } ~ has",
                "a { from = 0, to = 1, count = 0 } ~ count must be a whole number",
                "a { from = 0, to = 1, count = 200 }, b { from = 0, to = 1, count = 200 } ~ sweep.max_trials is 10000",
            })
    void wrongSpacesAreAnswered(String space, String expected) {
        UserError error = assertThrows(UserError.class, () -> points(space));
        assertTrue(error.getMessage().contains(expected), error.getMessage());
    }
}
