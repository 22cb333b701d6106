package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderedParallelTest {
    @Test
    void resultsArriveInOrder() throws IOException {
        List<Integer> results = new ArrayList<>();
        new OrderedParallel(3).run(1000, index -> index * index, (index, result) -> results.add(result));
        assertEquals(IntStream.range(0, 1000).map(i -> i * i).boxed().toList(), results);
    }

    @Test
    void theFirstFailureArrivesAsItIs() {
        IOException failure = assertThrows(
                IOException.class,
                () -> new OrderedParallel(2)
                        .run(
                                100,
                                index -> {
                                    if (index >= 40) {
                                        throw new IOException("no " + index);
                                    }
                                    return index;
                                },
                                (index, result) -> {}));
        assertEquals("no 40", failure.getMessage());
    }

    @Test
    void anInterruptEndsTheWork() {
        Thread.currentThread().interrupt();
        assertThrows(
                InterruptedIOException.class,
                () -> new OrderedParallel(2).run(100, index -> index, (index, result) -> {}));
        assertTrue(Thread.interrupted(), "the interrupt status stays");
    }
}
