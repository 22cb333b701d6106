package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScenesConfigTest {
    @ParameterizedTest
    @EnumSource
    void presetsAreFoundByTheirNames(ScenesPreset preset) {
        assertEquals(preset, ScenesPreset.parse(preset.id()));
    }

    @Test
    void anUnknownPresetIsToldTheKnownOnes() {
        String message = assertThrows(IllegalArgumentException.class, () -> ScenesPreset.parse("centered"))
                .getMessage();
        assertTrue(message.contains("\"centered\"") && message.contains("centred, loose, uniform, full-frame, mosaic"));
    }

    @Test
    void theUsualConfigurationLiesUnderThePresetsName() {
        ScenesConfig usual = ScenesConfig.of(ScenesPreset.FULL_FRAME);
        assertEquals("full-frame", usual.folderName());
        assertEquals(
                "full-frame-train2000-96px-seed7",
                usual.withTrainSamples(2000).withImageSize(96).withSeed(7).folderName());
    }

    @Test
    void valuesOutOfRangeAreNamed() {
        ScenesConfig usual = ScenesConfig.of(ScenesPreset.CENTRED);
        assertThrows(IllegalArgumentException.class, () -> usual.withTrainSamples(0));
        assertThrows(IllegalArgumentException.class, () -> usual.withImageSize(15));
        String message = assertThrows(IllegalArgumentException.class, () -> usual.withImageSize(257))
                .getMessage();
        assertTrue(message.contains("257"), message);
    }
}
