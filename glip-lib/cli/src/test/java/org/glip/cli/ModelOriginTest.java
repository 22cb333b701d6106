package org.glip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.Gson;
import java.util.stream.Stream;
import org.glip.mask.Mask;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Its text stands in the provenance of every stored model, so it must not change. */
class ModelOriginTest {
    static Stream<Arguments> origins() {
        return Stream.of(
                Arguments.of(
                        new ModelOrigin(Mask.none(), 0, false, null),
                        "CLIP",
                        "{\"mask\":{\"kind\":\"NONE\",\"ratio\":0.0,\"sigma\":0.0},\"seed\":0,\"isTuned\":false}"),
                Arguments.of(
                        new ModelOrigin(Mask.random(0.5), 3, true, null),
                        "FLIP",
                        "{\"mask\":{\"kind\":\"RANDOM\",\"ratio\":0.5,\"sigma\":0.0},\"seed\":3,\"isTuned\":true}"),
                Arguments.of(
                        new ModelOrigin(Mask.gaussian(0.75, 0.2), 7, false, null),
                        "GLIP",
                        "{\"mask\":{\"kind\":\"GAUSSIAN\",\"ratio\":0.75,\"sigma\":0.2},\"seed\":7,\"isTuned\":false}"),
                Arguments.of(
                        new ModelOrigin(Mask.none(), 0, true, 112),
                        "RECLIP",
                        "{\"mask\":{\"kind\":\"NONE\",\"ratio\":0.0,\"sigma\":0.0},\"seed\":0,\"isTuned\":true,"
                                + "\"smallImages\":112}"));
    }

    @ParameterizedTest
    @MethodSource("origins")
    void isStoredAsEverAndNamesTheMethod(ModelOrigin origin, String method, String json) {
        assertEquals(json, origin.toJson());
        assertEquals(origin, new Gson().fromJson(json, ModelOrigin.class));
        assertEquals(method, origin.method());
    }
}
