package org.glip.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleOrderTest {
    private static final int ROUNDS = 24_000;

    @Test
    void allPermutationsAreEquallyLikely() {
        Map<String, Integer> counts = new HashMap<>();
        for (int epoch = 0; epoch < ROUNDS; epoch++) {
            counts.merge(Arrays.toString(new SampleOrder(1, 1).indices(4, epoch)), 1, Integer::sum);
        }
        assertEquals(24, counts.size());
        // 1000 expected each, standard deviation 31
        counts.forEach((permutation, count) -> assertEquals(1000, count, 155, permutation));
    }

    @Test
    void aBufferAsLargeAsTheStreamShufflesCompletely() {
        List<ImageTextSample> samples = SampleFixtures.samples(4, 1);
        Map<String, Integer> counts = new HashMap<>();
        for (int epoch = 0; epoch < ROUNDS; epoch++) {
            SampleSource.Pass stream = new ListStream(new int[] {0, 1, 2, 3}, samples::get);
            SampleSource.Pass shuffled = new SampleOrder(1, 4).shuffled(stream, epoch);
            counts.merge(SampleFixtures.keys(shuffled).toString(), 1, Integer::sum);
        }
        assertEquals(24, counts.size());
        counts.forEach((permutation, count) -> assertEquals(1000, count, 155, permutation));
    }

    @Test
    void aSampleComesOutOfTheBufferAtMostItsSizeTooEarly() {
        List<ImageTextSample> samples = SampleFixtures.samples(200, 1);
        int[] stored = IntStream.range(0, 200).toArray();
        for (int capacity : new int[] {1, 2, 10, 50}) {
            SampleSource.Pass shuffled = new SampleOrder(5, capacity).shuffled(new ListStream(stored, samples::get), 0);
            List<String> keys = SampleFixtures.keys(shuffled);
            int earliest = 0;
            for (int place = 0; place < keys.size(); place++) {
                earliest = Math.max(earliest, Integer.parseInt(keys.get(place)) - place);
            }
            assertEquals(capacity - 1, earliest, "places too early");
        }
    }

    @Test
    void keepsTheOrderWithoutABuffer() {
        assertArrayEquals(new int[] {0, 1, 2, 3}, new SampleOrder(8, 0).indices(4, 3));
    }

    @Test
    void anInMemorySourceShufflesCompletely() {
        List<ImageTextSample> samples = SampleFixtures.samples(50, 2);
        InMemorySource source = new InMemorySource(samples);
        List<String> keys = SampleFixtures.keys(source.open(0, new SampleOrder(2, 1), new SkipLog()));
        List<String> sorted = new ArrayList<>(keys);
        sorted.sort(null);
        assertEquals(samples.stream().map(ImageTextSample::key).toList(), sorted);
        assertEquals(false, sorted.equals(keys));
    }
}
