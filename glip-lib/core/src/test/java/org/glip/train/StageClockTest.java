package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.Map;
import org.glip.engine.Torch;
import org.glip.model.ClipModel;
import org.junit.jupiter.api.Test;

/** Stages of which every second is known, on a clock that only they move. */
class StageClockTest {
    private static final int BATCH = 10;
    private static final double SECOND = 1e9;

    private long now = 5_000;
    private long step;

    private void pass(double seconds) {
        now += Math.round(seconds * SECOND);
    }

    private StageClock clock(long steps, long checkpointEvery, long validationEvery, double validationSeconds) {
        ValidationTimes validation = new ValidationTimes(
                validationEvery,
                model -> {
                    pass(validationSeconds);
                    return Map.of();
                },
                () -> now);
        return new StageClock(steps, checkpointEvery, validation, () -> now);
    }

    private void step(StageClock clock, double waiting, double computing) {
        clock.awaiting(() -> {
            pass(waiting);
            return 0;
        });
        clock.computing(() -> {
            pass(computing);
            return 0;
        });
        step++;
        clock.stepDone(step * BATCH);
    }

    private void steps(int count, StageClock clock, double waiting, double computing) {
        for (int i = 0; i < count; i++) {
            step(clock, waiting, computing);
        }
    }

    private void look(StageClock clock) throws IOException {
        try (NDManager manager = Torch.newManager();
                ClipModel model = ClipModel.create(TinyStage.MODEL, 1, manager)) {
            clock.validation().measure(model);
        }
    }

    @Test
    void tellsSpeedAndThePartOfTheTimeThatStepsWaited() {
        StageClock clock = clock(100, 0, 0, 0);
        clock.begin(0, 0);
        steps(5, clock, 0.5, 1.5);
        assertEquals(5, clock.samplesPerSecond(), 1e-9);
        assertEquals(0.25, clock.dataWait(), 1e-9);
        steps(19, clock, 0, 1);
        assertEquals(10, clock.samplesPerSecond(), 1e-9, "of the last steps");
        assertEquals(0, clock.dataWait(), 1e-9);
        assertEquals(29, clock.seconds(), 1e-9);
        assertEquals(26.5, clock.computingSeconds(), 1e-9);
    }

    @Test
    void aSlowFirstStepCountsNoMoreAfterTheSecond() {
        StageClock clock = clock(100, 0, 0, 0);
        clock.begin(0, 0);
        step(clock, 30, 10);
        assertEquals(99 * 40, clock.secondsLeft(), 1e-6, "all that is known");
        step(clock, 0, 1);
        assertEquals(98, clock.secondsLeft(), 1e-6);
    }

    @Test
    void steadyStagesEndWhenTheySaidThatTheyWould() {
        StageClock clock = clock(1200, 0, 0, 0);
        clock.begin(0, 0);
        steps(700, clock, 0, 2);
        assertEquals(1000, clock.secondsLeft(), 1e-6);
        steps(500, clock, 0, 3);
        assertEquals(0, clock.secondsLeft(), 1e-6);
    }

    @Test
    void whatTakesLongNowAndThenIsSpreadOverTheRest() {
        StageClock clock = clock(1000, 0, 0, 0);
        clock.begin(0, 0);
        for (int shard = 0; shard < 8; shard++) {
            step(clock, 10, 1);
            steps(9, clock, 0, 1);
        }
        assertEquals(920 * 2, clock.secondsLeft(), 1e-6, "ten steps take twenty seconds");
    }

    @Test
    void aStageThatGoesOnCountsOnlyWhatItDoesItself() {
        StageClock clock = clock(1000, 0, 0, 0);
        step = 900;
        clock.begin(900, 900 * BATCH);
        steps(10, clock, 0, 4);
        assertEquals(90 * 4, clock.secondsLeft(), 1e-6);
        assertEquals(2.5, clock.samplesPerSecond(), 1e-9);
    }

    @Test
    void validationsCountForThemselvesTheLastOneToo() throws IOException {
        StageClock clock = clock(25, 0, 10, 60);
        clock.begin(0, 0);
        steps(10, clock, 0, 1);
        look(clock);
        assertEquals(15 + 2 * 60, clock.secondsLeft(), 1e-6, "after 20 and 25");
        assertEquals(10, clock.seconds(), 1e-9);
        step(clock, 0, 1);
        assertEquals(10, clock.samplesPerSecond(), 1e-9, "and slow down no step");
        assertEquals(14 + 2 * 60, clock.secondsLeft(), 1e-6);
    }

    @Test
    void checkpointsAreThoseThatAreDueAndWhatIsWrittenAtTheEnd() throws IOException {
        StageClock clock = clock(25, 10, 0, 0);
        clock.begin(0, 0);
        steps(10, clock, 0, 1);
        assertEquals(15, clock.secondsLeft(), 1e-6, "nothing is known of them yet");
        clock.checkpoint(() -> pass(30));
        step(clock, 0, 1);
        assertEquals(10, clock.samplesPerSecond(), 1e-9);
        assertEquals(14 + 30 + 30 + 10, clock.secondsLeft(), 1e-6, "after 20, at the end, and the model");
        steps(9, clock, 0, 1);
        assertEquals(5 + 30 + 30 + 10, clock.secondsLeft(), 1e-6, "that of step 20 is still to come");
        clock.checkpoint(() -> pass(30));
        steps(5, clock, 0, 1);
        assertEquals(40, clock.secondsLeft(), 1e-6);
        assertEquals(25 + 60, clock.seconds(), 1e-9);
    }

    @Test
    void aWholeStageEndsWithinItsEstimate() throws IOException {
        StageClock clock = clock(40, 10, 8, 5);
        clock.begin(0, 0);
        double[] told = new double[41];
        double[] at = new double[41];
        for (int i = 1; i <= 40; i++) {
            step(clock, i == 1 ? 20 : 0.1, i < 4 ? 3 : 1);
            at[i] = now / SECOND;
            told[i] = clock.secondsLeft();
            if (clock.validation().isDue(i, 40)) {
                look(clock);
                at[i] = now / SECOND;
                told[i] = clock.secondsLeft();
            }
            if (i % 10 == 0) {
                clock.checkpoint(() -> pass(6));
            }
        }
        clock.checkpoint(() -> pass(8)); // and the model
        double end = now / SECOND;
        for (int i = 11; i <= 40; i++) {
            assertEquals(end - at[i], told[i], 1e-6, "after step " + i);
        }
    }
}
