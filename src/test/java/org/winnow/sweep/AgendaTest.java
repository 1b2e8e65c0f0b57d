package org.winnow.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AgendaTest {
    /** Which trainings run to their end, when several hands finish what they took in a random order. */
    @SuppressWarnings("NullAway") // Nothing is trained, so there is no state to go on from.
    private static Set<Integer> survivors(List<Rung> standings, Stopping.Rule rule, int hands, long luck) {
        List<Chain> chains = IntStream.range(0, standings.size())
                .<Chain>mapToObj(i -> new PathChain(List.of(Map.of()), List.of(List.of(Map.of())), false))
                .toList();
        Agenda agenda = new Agenda(chains, new Stopping(rule, 2, 3));
        Set<Integer> survivors = new TreeSet<>();
        List<Agenda.Step> held = new ArrayList<>();
        Random random = new Random(luck);
        while (true) {
            for (int hand = held.size(); hand < hands; hand++) {
                agenda.poll().ifPresent(held::add);
            }
            if (held.isEmpty()) {
                return survivors;
            }
            Agenda.Step step = held.remove(random.nextInt(held.size()));
            int chain = step.chain();
            if (agenda.isDoomed(step)) {
                agenda.over(step, TrainingResult.bare("", TrainingResult.STOPPED, "", step.rungs(), List.of()));
            } else if (step.until() < 1) {
                agenda.paused(step, new Stretch(null, standings.get(chain), List.of(), 0));
            } else {
                survivors.add(chain);
                agenda.over(step, TrainingResult.bare("", TrainingResult.DONE, "", step.rungs(), List.of()));
            }
        }
    }

    private static Rung rung(double metric, double sparsity) {
        return new Rung(metric, metric, sparsity, 1, 1, 1);
    }

    @Property(tries = 100)
    void whoIsFasterDoesNotDecideWhoIsStopped(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 5) Integer> metrics, @ForAll long luck) {
        List<Rung> standings = metrics.stream().map(m -> rung(m, m % 2)).toList();
        for (Stopping.Rule rule : Stopping.Rule.values()) {
            assertEquals(survivors(standings, rule, 1, 0), survivors(standings, rule, 4, luck), rule.name());
        }
    }

    @Test
    void trainingsThatGetBetterGoOnAndTrainingsThatGetWorseAreStopped() {
        List<Rung> better = IntStream.range(0, 12).mapToObj(i -> rung(i, 0)).toList();
        List<Rung> worse = IntStream.range(0, 12).mapToObj(i -> rung(-i, 0)).toList();
        assertEquals(12, survivors(better, Stopping.Rule.ASHA, 2, 1).size());
        assertEquals(Set.of(0), survivors(worse, Stopping.Rule.ASHA, 2, 1));
        assertEquals(12, survivors(worse, Stopping.Rule.NONE, 2, 1).size());
        assertTrue(survivors(worse, Stopping.Rule.MEDIAN, 2, 1).size() < 3);
    }

    @Test
    void whatIsSparserIsNotDominatedByWhatIsBetter() {
        List<Rung> front = IntStream.range(0, 12).mapToObj(i -> rung(-i, i)).toList();
        assertEquals(12, survivors(front, Stopping.Rule.ASHA, 2, 1).size());
    }
}
