package org.glip.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProfileTest {
    @Test
    void nothingAskedForIsTheDefault() {
        assertEquals(Profile.DEFAULT, Profile.of(null));
        assertEquals(Profile.DEFAULT, Profile.of(""));
    }

    @Test
    void choosesTheValueOfTheProfile() {
        assertEquals(10, Profile.of("smoke").choose(10, 100, 1000));
        assertEquals(100, Profile.of("default").choose(10, 100, 1000));
        assertEquals(1000, Profile.of("full").choose(10, 100, 1000));
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Profile.of("fast"));
        assertTrue(refused.getMessage().contains("\"fast\""), refused.getMessage());
        assertTrue(refused.getMessage().contains("smoke, default, full"), refused.getMessage());
    }
}
