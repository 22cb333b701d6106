package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlacementTest {
    private static final int DRAWS = 20_000;

    private static List<Placement> draws(ScenesPreset preset) {
        return draws(preset, ScenesVersion.V1);
    }

    private static List<Placement> draws(ScenesPreset preset, ScenesVersion version) {
        SplittableRandom random = new SplittableRandom(11);
        List<Placement> placements = new ArrayList<>();
        while (placements.size() < DRAWS) {
            placements.addAll(Placement.draw(preset, version, random));
        }
        return placements;
    }

    private static double mean(List<Placement> placements, ToDoubleFunction<Placement> value) {
        return placements.stream().mapToDouble(value).average().orElseThrow();
    }

    private static double deviation(List<Placement> placements, ToDoubleFunction<Placement> value) {
        double mean = mean(placements, value);
        return Math.sqrt(mean(placements, p -> Math.pow(value.applyAsDouble(p) - mean, 2)));
    }

    @ParameterizedTest
    @EnumSource
    void objectsStayInsideTheFrame(ScenesPreset preset) {
        for (Placement placement : draws(preset)) {
            Box box = placement.box(64);
            assertTrue(box.x() >= -1e-9 && box.x() + box.width() <= 64 + 1e-9, placement::toString);
            assertTrue(box.y() >= -1e-9 && box.y() + box.height() <= 64 + 1e-9, placement::toString);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CENTRED", "LOOSE", "UNIFORM"})
    void scalesAreUniformFromFourToSevenTenths(ScenesPreset preset) {
        List<Placement> placements = draws(preset);
        assertEquals(0.55, mean(placements, Placement::scale), 0.005);
        assertEquals(0.3 / Math.sqrt(12), deviation(placements, Placement::scale), 0.003);
        assertTrue(placements.stream().allMatch(p -> p.scale() >= 0.4 && p.scale() < 0.7));
    }

    @ParameterizedTest
    @EnumSource(names = {"CENTRED", "LOOSE", "UNIFORM"})
    void objectsOfVersion2AreLargerAndStayInside(ScenesPreset preset) {
        for (Placement placement : draws(preset, ScenesVersion.V2)) {
            assertTrue(placement.scale() >= 0.5 && placement.scale() < 0.8, placement::toString);
            assertTrue(Math.abs(placement.x()) <= 1 - placement.scale() + 1e-9, placement::toString);
            assertTrue(Math.abs(placement.y()) <= 1 - placement.scale() + 1e-9, placement::toString);
        }
    }

    @Test
    void centredObjectsScatterByTheDocumentedDeviation() {
        List<Placement> placements = draws(ScenesPreset.CENTRED);
        assertEquals(0, mean(placements, Placement::x), 0.005);
        assertEquals(0, mean(placements, Placement::y), 0.005);
        // clipping at 1 - scale >= 2.5 deviations takes almost nothing away
        assertEquals(0.12, deviation(placements, Placement::x), 0.002);
        assertEquals(0.12, deviation(placements, Placement::y), 0.002);
    }

    @Test
    void looseObjectsScatterMore() {
        List<Placement> small =
                draws(ScenesPreset.LOOSE).stream().filter(p -> p.scale() < 0.42).toList();
        // where there is room for 2.3 deviations, clipping hides little of the .25
        assertEquals(0.245, deviation(small, Placement::x), 0.012);
    }

    @Test
    void uniformObjectsLieAnywhereThatTheyFit() {
        List<Placement> placements = draws(ScenesPreset.UNIFORM);
        ToDoubleFunction<Placement> share = p -> p.x() / (1 - p.scale());
        assertEquals(1 / Math.sqrt(3), deviation(placements, share), 0.01);
        assertEquals(0, mean(placements, share), 0.01);
    }

    @Test
    void aFullFrameObjectFillsThePicture() {
        assertEquals(
                List.of(new Placement(1, 0, 0)),
                Placement.draw(ScenesPreset.FULL_FRAME, ScenesVersion.V2, new SplittableRandom(1)));
    }

    @Test
    void aMosaicHasAnObjectInEachQuarter() {
        List<Placement> placements = Placement.draw(ScenesPreset.MOSAIC, ScenesVersion.V2, new SplittableRandom(2));
        assertEquals(4, placements.size());
        for (int quarter = 0; quarter < 4; quarter++) {
            Box box = placements.get(quarter).box(2);
            int left = quarter % 2;
            int top = quarter / 2;
            assertTrue(box.x() >= left && box.x() + box.width() <= left + 1, box::toString);
            assertTrue(box.y() >= top && box.y() + box.height() <= top + 1, box::toString);
        }
    }
}
