package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.winnow.SparkTest;
import org.winnow.model.GateStatistics;
import org.winnow.model.Score;

/** Nodes on their way; executor and driver are one process here, and on a cluster in its own test. */
class ParcelTest {
    /** Some blocks, the last of which is not whole. */
    private static final int LARGE = 2_500_000;

    private final Broadcast<String> round = JavaSparkContext.fromSparkContext(
                    SparkTest.session().sparkContext())
            .broadcast("round");

    @AfterEach
    void end() {
        round.destroy();
    }

    @Test
    void aLargeNodeStaysBehindAndComesBackAsItWas() {
        PartialMean node = node(3, LARGE);
        Parcel parcel = Parcel.of(node, round.id());
        assertEquals(
                0,
                parcel.node().parameters().length()
                        + parcel.node().updaterState().length());
        PartialMean opened = parcel.open().join();
        assertArrayEquals(node.parameters().bytes(), opened.parameters().bytes());
        assertArrayEquals(node.updaterState().bytes(), opened.updaterState().bytes());
        assertEquals(node.with(Packed.NONE, Packed.NONE), opened.with(Packed.NONE, Packed.NONE));
    }

    @Test
    void aSmallNodeGoesWithTheResult() {
        PartialMean node = node(3, 1000);
        Parcel parcel = Parcel.of(node, round.id());
        assertSame(node, parcel.node());
        assertSame(node, parcel.open().join());
    }

    @Test
    void whatStayedBehindGoesWithTheBroadcast() {
        Parcel parcel = Parcel.of(node(3, LARGE), round.id());
        loseBlocks();
        assertThrows(CompletionException.class, parcel.open()::join);
    }

    @Test
    void aRoundWhoseResultsAreLostIsTakenAgain() {
        PartialMean node = node(3, LARGE);
        Parcel lost = Parcel.of(node, round.id());
        loseBlocks();
        List<Parcel> small = List.of(Parcel.of(node(0, 10), round.id()));
        List<List<Parcel>> jobs = new ArrayList<>(List.of(List.of(small.get(0), lost), small));
        Iterator<List<Parcel>> job = jobs.iterator();
        List<PartialMean> nodes = RunTask.opened(job::next, 4);
        assertEquals(List.of(0), nodes.stream().map(PartialMean::from).toList());
        assertTrue(!job.hasNext(), "both jobs were run");
    }

    @Test
    void resultsThatAreLostAgainAndAgainAreAnError() {
        Parcel lost = Parcel.of(node(3, LARGE), round.id());
        loseBlocks();
        assertEquals(
                "a round's results were lost with their executors as many times as spark.task.maxFailures allows, 2",
                assertThrows(IllegalStateException.class, () -> RunTask.opened(() -> List.of(lost), 2))
                        .getMessage());
    }

    private void loseBlocks() {
        SparkEnv.get().blockManager().master().removeBroadcast(round.id(), true, true);
    }

    private static PartialMean node(int shard, int length) {
        return new PartialMean(
                shard,
                shard + 1,
                17,
                0.5,
                Packed.of(Normals.of(1, length)),
                Packed.of(Normals.of(2, 2 * length)),
                GateStatistics.NONE,
                new Score(3, 0.7, 1));
    }
}
