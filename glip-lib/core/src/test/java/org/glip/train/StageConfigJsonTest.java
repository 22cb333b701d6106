package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import java.util.stream.Stream;
import org.glip.engine.Precision;
import org.glip.mask.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The text of a stage's settings in checkpoints and provenance: files of earlier versions hold it, so it must not
 * change.
 */
class StageConfigJsonTest {
    static Stream<Arguments> masks() {
        return Stream.of(
                Arguments.of(Mask.none(), "{\"kind\":\"NONE\",\"ratio\":0.0,\"sigma\":0.0}"),
                Arguments.of(Mask.random(0.5), "{\"kind\":\"RANDOM\",\"ratio\":0.5,\"sigma\":0.0}"),
                Arguments.of(Mask.gaussian(0.918, 0.2), "{\"kind\":\"GAUSSIAN\",\"ratio\":0.918,\"sigma\":0.2}"),
                Arguments.of(
                        Mask.gaussianStandardDeviation(0.75, 0.3),
                        "{\"kind\":\"GAUSSIAN\",\"ratio\":0.75,\"sigma\":0.09}"));
    }

    private static StageConfig config(Mask mask) {
        OptimizerConfig optimizer = OptimizerConfig.builder()
                .optLearningRate(1e-3)
                .optWarmupSteps(2)
                .build();
        return new StageConfig(100, 8, 4, optimizer, mask, Precision.FP32, 7, 50);
    }

    private static String text(String mask) {
        return "{\"steps\":100,\"batchSize\":8,\"microBatch\":4,\"optimizer\":{\"learningRate\":0.001,\"beta1\":0.9,"
                + "\"beta2\":0.98,\"epsilon\":1.0E-6,\"weightDecay\":0.2,\"warmupSteps\":2},\"mask\":" + mask
                + ",\"precision\":\"FP32\",\"seed\":7,\"checkpointEvery\":50}";
    }

    @ParameterizedTest
    @MethodSource("masks")
    void isWrittenAsEver(Mask mask, String json) {
        assertEquals(text(json), new Gson().toJson(config(mask)));
    }

    @ParameterizedTest
    @MethodSource("masks")
    void isReadFromTheTextOfAnEarlierVersion(Mask mask, String json) {
        assertEquals(config(mask), new Gson().fromJson(text(json), StageConfig.class));
    }

    /**
     * {@link TrainingLoop#resume} compares the checkpoint's configuration, read from a file, with its own, which never
     * was text.
     */
    @ParameterizedTest
    @MethodSource("masks")
    void equalsTheConfigurationThatACheckpointOfAnEarlierVersionHolds(Mask mask, String json) {
        assertEquals(JsonParser.parseString(text(json)), new Gson().toJsonTree(config(mask)));
    }

    @Test
    void aCheckpointShowsItOverSeveralLines() {
        String printed = new GsonBuilder()
                .setPrettyPrinting()
                .create()
                .toJson(new Gson().toJsonTree(config(Mask.gaussian(0.75, 0.2))));
        String mask = """
                  "mask": {
                    "kind": "GAUSSIAN",
                    "ratio": 0.75,
                    "sigma": 0.2
                  },
                """;
        assertTrue(printed.contains(mask), printed);
    }
}
