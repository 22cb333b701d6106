package org.glip.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.glip.mask.Mask;
import org.junit.jupiter.api.Test;

class MetricTest {
    @Test
    void namesAreThoseOfResultFiles() {
        assertEquals("tuned top-1", TestName.TUNED.top1().name());
        assertEquals("masked top-5", TestName.MASKED.top5().toString());
        assertEquals(
                "probe subgroup mean per-class recall",
                TestName.probe("subgroup").meanPerClassRecall().name());
        assertEquals(
                "flickr30k text-to-image recall@5",
                new TestName("flickr30k").metric(Metric.textToImageRecall(5)).name());
        assertEquals("image-to-text recall@10", Metric.imageToTextRecall(10).name());
        assertEquals("top-1 low", Metric.TOP_1.low().name());
    }

    @Test
    void aMeasureKnowsItsTest() {
        assertEquals(
                Optional.of(TestName.robust("imagenet-a")),
                TestName.robust("imagenet-a").top1().testOf(Metric.TOP_1));
        assertEquals(Optional.empty(), TestName.TUNED.top5().testOf(Metric.TOP_1));
        assertEquals(Optional.empty(), Metric.TOP_1.testOf(Metric.TOP_1), "a measure of no run's test");
    }

    @Test
    void aResultIsAskedByMetricAndNamesWhatItLacks() {
        RunResult run = Runs.of("GLIP", Mask.gaussian(0.75, 0.2), 0, Map.of("tuned top-1", 0.25));
        assertEquals(0.25, run.value(TestName.TUNED.top1()));
        assertTrue(run.has(TestName.TUNED.top1()));
        assertFalse(run.has(Metric.IMAGE_TOKENS));
        assertEquals(Optional.empty(), run.find(Metric.IMAGE_TOKENS));
        assertEquals(Optional.empty(), run.hits(TestName.TUNED));
        var error = assertThrows(IllegalArgumentException.class, () -> run.value(Metric.IMAGE_TOKENS));
        assertTrue(
                error.getMessage().contains("GLIP") && error.getMessage().contains("\"image tokens\""),
                error.getMessage());
    }

    @Test
    void methodsAreNamedByTheirMaskAndOthersKeepTheirOwnNames() {
        assertEquals(MethodName.CLIP, MethodName.of(Mask.none()));
        assertEquals(MethodName.FLIP, MethodName.of(Mask.random(0.5)));
        assertEquals(MethodName.GLIP, MethodName.of(Mask.gaussian(0.5, 0.2)));
        assertEquals(Optional.of(MethodName.RECLIP), MethodName.find("RECLIP"));
        assertEquals(Optional.empty(), MethodName.find("pixel neighbour"));
        RunSettings own = RunSettings.of("pixel neighbour", Mask.none(), 0);
        assertEquals("pixel neighbour", own.text(RunSettings.METHOD));
        assertFalse(own.isOf(MethodName.CLIP));
    }

    @Test
    void timeAndMemoryAreCosts() {
        assertTrue(new Metric("training CPU seconds").isCost());
        assertTrue(Metric.SAMPLES_PER_SECOND.isCost());
        assertFalse(Metric.TRAINING_LOSS.isCost());
        assertFalse(TestName.TUNED.top1().isCost());
    }
}
