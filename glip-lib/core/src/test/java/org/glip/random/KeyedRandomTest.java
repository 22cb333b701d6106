package org.glip.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.glip.random.KeyedRandom.Purpose;
import org.junit.jupiter.api.Test;

/**
 * The first numbers of two streams, literally: the JDK does not promise them from one release to the next, and with
 * them every mask, initial weight, shuffle and scene would change unnoticed.
 */
class KeyedRandomTest {
    private static SplittableRandom masks() {
        return KeyedRandom.stream(7, Purpose.MASK, 3, 11);
    }

    private static SplittableRandom weights() {
        return KeyedRandom.stream(7, Purpose.INITIALISATION, 3, 11);
    }

    @Test
    void uniformNumbersAreThoseOfEver() {
        SplittableRandom random = masks();
        assertEquals(-8020242748553449817L, random.nextLong());
        assertEquals(3810901562657398340L, random.nextLong());
        assertEquals(534, random.nextInt(1000));
        assertEquals(76, random.nextInt(1000));
        assertEquals(42, random.nextInt(1000));
        assertEquals(19, random.nextInt(64)); // a power of two goes another way
        assertEquals(5, random.nextInt(5, 9));
        assertEquals(0.31102268974423397, random.nextDouble());
        assertEquals(0.011573730126611559, random.nextDouble());
        boolean[] coins = new boolean[6];
        for (int i = 0; i < coins.length; i++) {
            coins[i] = random.nextBoolean();
        }
        assertArrayEquals(new boolean[] {false, true, true, true, false, true}, coins);
    }

    @Test
    void normalNumbersAreThoseOfEver() {
        SplittableRandom random = weights();
        assertEquals(0.2742451274926882, random.nextGaussian());
        assertEquals(-0.4969121592952423, random.nextGaussian());
        assertEquals(0.5709448509780796, random.nextGaussian());
    }

    @Test
    void theRareBranchesOfTheNormalLawAreThoseOfEver() {
        SplittableRandom random = weights();
        double sum = 0;
        for (int i = 0; i < 100_000; i++) { // about one in eighty leaves the fast path
            sum += i % 2 == 0 ? random.nextGaussian() : -random.nextGaussian();
        }
        assertEquals(-154.17448405084505, sum);
        assertEquals(3040297492797210144L, random.nextLong(), "as many uniform numbers were used");
    }

    @Test
    void aStreamIsAFunctionOfItsKeyAlone() {
        Set<Long> firsts = new HashSet<>();
        for (long seed = 0; seed < 4; seed++) {
            for (Purpose purpose : Purpose.values()) {
                for (long step = 0; step < 4; step++) {
                    for (long index = 0; index < 4; index++) {
                        long first =
                                KeyedRandom.stream(seed, purpose, step, index).nextLong();
                        assertEquals(
                                first,
                                KeyedRandom.stream(seed, purpose, step, index).nextLong());
                        firsts.add(first);
                    }
                }
            }
        }
        assertEquals(4 * Purpose.values().length * 4 * 4, firsts.size());
        assertNotEquals(masks().nextLong(), weights().nextLong());
    }
}
