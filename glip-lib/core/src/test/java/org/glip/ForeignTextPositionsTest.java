package org.glip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.glip.engine.Torch;
import org.glip.model.ClipModel;
import org.glip.model.ModelFolder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights of 16 tokens under configurations of other context lengths, against open_clip. */
class ForeignTextPositionsTest {
    /** An element of what src/test/python/make_preprocess_golden.py writes. */
    private record Golden(int context_length, float[] positions, List<FrontDoor.TextFeature> texts) {
        @Override
        public String toString() {
            return context_length + " tokens";
        }
    }

    @TempDir
    Path folder;

    private static Stream<Golden> goldens() throws IOException {
        try (InputStream json = Objects.requireNonNull(
                ForeignTextPositionsTest.class.getResourceAsStream("/org/glip/front_door/text_positions.json"))) {
            return Stream.of(new Gson().fromJson(new InputStreamReader(json, StandardCharsets.UTF_8), Golden[].class));
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void positionsAndFeaturesAreOpenClipsAndTheResizingIsTold(Golden golden) throws IOException {
        Path model = FrontDoor.model(folder.resolve("model"));
        Path config = model.resolve(ModelFolder.CONFIG);
        JsonObject json = JsonParser.parseString(Files.readString(config)).getAsJsonObject();
        json.getAsJsonObject("model_cfg")
                .getAsJsonObject("text_cfg")
                .addProperty("context_length", golden.context_length);
        Files.writeString(config, json.toString());

        String told = StandardError.of(() -> {
            try (NDManager manager = Torch.newManager();
                    ClipModel loaded = ModelFolder.load(model, manager)) {
                float[] positions = loaded.tensors().get("positional_embedding").toFloatArray();
                Parity.check(
                        "text positions, " + golden, "relative", Parity.relative(golden.positions, positions), 1e-6);
            }
        });
        assertTrue(told.contains("from 16 tokens to " + golden.context_length), told);
        try (Clip clip = Clip.open(model)) {
            assertEquals(golden.context_length, clip.config().text().contextLength());
            for (FrontDoor.TextFeature text : golden.texts) {
                double difference = Parity.relative(text.feature(), clip.embed(text.text()));
                Parity.check("text of resized positions, " + golden, text.text(), difference, 1e-5);
            }
        }
    }
}
