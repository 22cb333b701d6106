package org.glip.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
    private static final PatchGrid GRID = new PatchGrid(8);

    static Stream<Mask> masks() {
        return Stream.of(Mask.none(), Mask.random(0.75), Mask.gaussian(0.75, 0.2));
    }

    @Test
    void isARecordOfWhatItHasAndNoMore() {
        assertEquals(new Mask.None(), Mask.none());
        assertEquals(new Mask.Random(0.75), Mask.random(0.75));
        assertEquals(new Mask.Gaussian(0.75, 0.2), Mask.gaussian(0.75, 0.2));
        assertEquals(new Mask.Gaussian(0.75, 0.25), Mask.gaussianStandardDeviation(0.75, 0.5));
        assertNotEquals(Mask.none(), Mask.random(0));
    }

    @ParameterizedTest
    @MethodSource("masks")
    void makesASamplerForAGrid(Mask mask) {
        MaskSampler sampler = mask.on(GRID);
        assertEquals(mask, sampler.mask());
        assertEquals(GRID, sampler.grid());
        assertEquals(mask instanceof Mask.None ? 64 : 16, sampler.kept());
        assertEquals(mask + ", keeps " + sampler.kept() + " of 8 x 8 patches", sampler.toString());
    }

    @ParameterizedTest
    @MethodSource("masks")
    void isFoundByItsNameInAnyCase(Mask mask) {
        assertEquals(mask, Mask.of(mask.name(), 0.75, 0.2));
        assertEquals(mask, Mask.of(" " + mask.name().toUpperCase(Locale.ROOT) + " ", 0.75, 0.2));
    }

    @Test
    void doesNotLookAtValuesThatTheNamedMaskDoesNotHave() {
        assertEquals(Mask.none(), Mask.of("none", Double.NaN, -1));
        assertEquals(Mask.random(0.5), Mask.of("random", 0.5, Double.NaN));
    }

    @Test
    void saysWhichMasksThereAre() {
        var error = assertThrows(IllegalArgumentException.class, () -> Mask.of("centred", 0.5, 0.2));
        assertTrue(
                error.getMessage().contains("centred") && error.getMessage().contains("none, random or gaussian"),
                error.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "GAUSSIAN, 1, .2",
        "GAUSSIAN, .5, 0",
        "GAUSSIAN, .5, -1",
        "GAUSSIAN, .5, NaN",
        "RANDOM, -1, 0",
        "RANDOM, NaN, 0",
        "RANDOM, .5, .2",
        "NONE, .5, 0",
        "NONE, 0, .2"
    })
    void rejectsFieldsThatDoNotBelongToTheMask(String name, double ratio, double sigma) {
        assertThrows(IllegalArgumentException.class, () -> Mask.ofFields(name, ratio, sigma));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"none\"",
                "{\"kind\":\"RANDOM\",\"sigma\":0.0}",
                "{\"kind\":\"RANDOM\",\"ratio\":0.5}",
                "{\"kind\":3,\"ratio\":0.5,\"sigma\":0.0}",
                "{\"kind\":\"RANDOM\",\"ratio\":\"half\",\"sigma\":0.0}",
                "{\"kind\":\"SQUARE\",\"ratio\":0.5,\"sigma\":0.0}",
                "{\"kind\":\"RANDOM\",\"ratio\":0.5,\"sigma\":0.2}"
            })
    void isNotReadFromJsonThatDescribesNone(String json) {
        assertThrows(JsonParseException.class, () -> new Gson().fromJson(json, Mask.class));
    }

    @Test
    void describesItselfForPeople() {
        assertEquals("none", Mask.none().toString());
        assertEquals("random 75%", Mask.random(0.75).toString());
        assertEquals(
                "gaussian 91.8%, sigma 0.2 (variance)",
                Mask.gaussian(0.918, 0.2).toString());
    }
}
