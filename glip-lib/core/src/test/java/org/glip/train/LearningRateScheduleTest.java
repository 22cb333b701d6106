package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {
    @Test
    void warmsUpLinearlyToThePeak() {
        LearningRateSchedule schedule = new LearningRateSchedule(1e-3, 10, 100);
        assertEquals(1e-4, schedule.at(0), 1e-12);
        assertEquals(5e-4, schedule.at(4), 1e-12);
        assertEquals(1e-3, schedule.at(9), 1e-12);
    }

    @Test
    void fallsAsACosineAfterTheWarmUp() {
        LearningRateSchedule schedule = new LearningRateSchedule(1e-3, 10, 110);
        assertEquals(1e-3, schedule.at(10), 1e-12);
        assertEquals(5e-4, schedule.at(60), 1e-12);
        assertEquals(0, schedule.at(110), 1e-12);
        for (int step = 10; step < 110; step++) {
            assertTrue(schedule.at(step + 1) < schedule.at(step));
        }
    }

    @Test
    void badRangesAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> new LearningRateSchedule(0, 1, 10));
        assertThrows(IllegalArgumentException.class, () -> new LearningRateSchedule(Double.NaN, 1, 10));
        assertThrows(IllegalArgumentException.class, () -> new LearningRateSchedule(1, -1, 10));
    }
}
