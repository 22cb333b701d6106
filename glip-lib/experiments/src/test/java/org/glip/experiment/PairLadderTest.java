package org.glip.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairLadderTest {
    private static final PairLadder LADDER = PairLadder.usual();

    @ParameterizedTest
    @CsvSource({"0.004, 60, 96000", "0.004, 96, 96000", "0.004, 97, 80000", "0.001, 60, 256000", "0.02, 0, 24000"})
    void takesTheHighestRungThatFits(double secondsPerPair, double fixedSeconds, int pairs) {
        assertEquals(
                pairs,
                LADDER.choose(new PairLadder.Cost(secondsPerPair, fixedSeconds), 480)
                        .pairs());
    }

    @Test
    void theChoiceFitsAndTheNextRungDoesNot() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            PairLadder.Cost cost = new PairLadder.Cost(random.nextDouble(1e-5, 0.05), random.nextDouble(300));
            double budget = random.nextDouble(1, 2000);
            int at = LADDER.rungs().indexOf(LADDER.choose(cost, budget).pairs());
            assertTrue(at == 0 || cost.seconds(LADDER.rungs().get(at)) <= budget);
            assertTrue(at == LADDER.rungs().size() - 1
                    || cost.seconds(LADDER.rungs().get(at + 1)) > budget);
        }
    }

    @Test
    void saysWhyInOneSentence() {
        assertEquals(
                "96,000 pairs for each method: all together takes about 7.4 of the 8 minutes wanted on this machine;"
                        + " 128,000 would take 9.5.",
                LADDER.choose(new PairLadder.Cost(0.004, 60), 480).why());
        assertEquals(
                "256,000 pairs for each method, the most of the ladder: all together takes about 5.3 of the 8 minutes"
                        + " wanted on this machine.",
                LADDER.choose(new PairLadder.Cost(0.001, 60), 480).why());
    }

    @Test
    void whereNoRungFitsItIsTheLowestAndTheSentenceSaysHowLongItTakes() {
        PairLadder.Choice choice = LADDER.choose(new PairLadder.Cost(0.1, 60), 480);
        assertEquals(24_000, choice.pairs());
        assertEquals(
                "24,000 pairs for each method, the least of the ladder: all together takes about 41 minutes on this"
                        + " machine, and 8 were wanted.",
                choice.why());
    }

    @Test
    void aLadderNeedsRungsThatAscend() {
        for (List<Integer> rungs :
                List.of(List.<Integer>of(), List.of(0), List.of(-1, 2), List.of(2, 2), List.of(3, 2))) {
            assertThrows(IllegalArgumentException.class, () -> new PairLadder(rungs), rungs.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN})
    void withoutTimeThereIsNoChoice(double budget) {
        PairLadder.Cost cost = new PairLadder.Cost(0.001, 0);
        assertThrows(IllegalArgumentException.class, () -> LADDER.choose(cost, budget));
    }

    @Test
    void aPairTakesTime() {
        assertThrows(IllegalArgumentException.class, () -> new PairLadder.Cost(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new PairLadder.Cost(0.001, -1));
        assertThrows(IllegalArgumentException.class, () -> new PairLadder.Cost(Double.POSITIVE_INFINITY, 1));
    }
}
