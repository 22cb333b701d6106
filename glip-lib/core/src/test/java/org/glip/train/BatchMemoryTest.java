package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchMemoryTest {
    private static final long GIB = 1L << 30;

    private static void require(int batch, int micro, long heapGib, long memoryGib) {
        Mask mask = Mask.gaussian(0.75, 0.2);
        BatchMemory.require(batch, micro, mask, ClipConfig.preset("ViT-B-16"), heapGib * GIB, memoryGib * GIB);
    }

    @ParameterizedTest
    @CsvSource({
        "100000, 100000, 4, 16, smaller --batch",
        "2147483647, 64, 64, 512, smaller --batch",
        "1280, 1280, 4, 1, --micro-batch of fewer than",
    })
    void refusesInOneSentenceWhatCannotBe(int batch, int micro, long heap, long memory, String told) {
        String message = assertThrows(IllegalArgumentException.class, () -> require(batch, micro, heap, memory))
                .getMessage();
        assertTrue(message.contains(told) && message.length() < 250, message);
    }

    /** More pictures than a tensor is made of at once are no reason. */
    @Test
    void aLargeBatchFitsALargeMachine() {
        assertDoesNotThrow(() -> require(100_000, 100_000, 1000, 9000));
    }

    @Test
    void thePapersBatchFitsAWorkstation() {
        assertDoesNotThrow(() -> require(1280, 64, 4, 16));
        assertDoesNotThrow(() -> require(640, 640, 8, 64));
    }
}
