package org.glip.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.glip.random.KeyedRandom.Purpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedPermutationTest {
    private static KeyedPermutation of(long count, long seed, long epoch) {
        return new KeyedPermutation(count, seed, Purpose.SHUFFLE, epoch, 2);
    }

    private static long[] all(KeyedPermutation order, int count) {
        return LongStream.range(0, count).map(order::at).toArray();
    }

    @Test
    void everyNumberComesOnceWhateverCountAndKey() {
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 400; round++) {
            int count = 1 + (round < 70 ? round : random.nextInt(3000));
            KeyedPermutation order = of(count, random.nextLong(), random.nextInt(100));
            BitSet seen = new BitSet();
            for (int place = 0; place < count; place++) {
                seen.set(Math.toIntExact(order.at(place)));
            }
            assertEquals(count, seen.cardinality());
            assertEquals(count, seen.length());
        }
    }

    /** Each of the 24 orders of four numbers, and each of the 120 of five. */
    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void allOrdersOfFewNumbersAreAboutEquallyFrequent(int count) {
        int orders = count == 4 ? 24 : 120;
        int draws = 400 * orders;
        Map<String, Integer> counts = new HashMap<>();
        for (int epoch = 0; epoch < draws; epoch++) {
            counts.merge(Arrays.toString(all(of(count, 1, epoch), count)), 1, Integer::sum);
        }
        assertEquals(orders, counts.size());
        double chiSquare = counts.values().stream()
                .mapToDouble(n -> Math.pow(n - 400, 2) / 400)
                .sum();
        // orders - 1 degrees of freedom; five standard deviations above
        assertTrue(chiSquare < orders - 1 + 5 * Math.sqrt(2 * (orders - 1)), "chi-square: " + chiSquare);
    }

    @Test
    void neighboursDoNotStayNeighbours() {
        int count = 100_000;
        long[] order = all(of(count, 3, 0), count);
        double distance = 0;
        for (int place = 1; place < count; place++) {
            distance += Math.abs(order[place] - order[place - 1]) / (double) count;
        }
        assertEquals(1 / 3.0, distance / (count - 1), 0.005);
    }

    @Test
    void theOrderIsAFunctionOfSeedAndEpoch() {
        assertArrayEquals(all(of(1000, 7, 3), 1000), all(of(1000, 7, 3), 1000));
        assertTrue(all(of(1000, 7, 3), 1000)[0] != all(of(1000, 7, 4), 1000)[0]
                || all(of(1000, 7, 3), 1000)[1] != all(of(1000, 7, 4), 1000)[1]);
        // runs of the past must come out again
        assertArrayEquals(new long[] {4, 1, 9, 8, 7, 3, 0, 2, 6, 5}, all(of(10, 0, 0), 10));
    }

    @Test
    void hugeCountsWorkAndOthersAreRefused() {
        KeyedPermutation huge = of(1L << 62, 0, 0);
        assertTrue(huge.at((1L << 62) - 1) >= 0 && huge.at(0) < 1L << 62);
        assertEquals(0, of(1, 5, 5).at(0));
        assertThrows(IllegalArgumentException.class, () -> of(0, 0, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> of(3, 0, 0).at(3));
        assertThrows(IndexOutOfBoundsException.class, () -> of(3, 0, 0).at(-1));
    }
}
