package org.glip.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.glip.engine.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSizeTest {
    @Test
    void thePapersModelHasAsManyWeightsAsThePaperSays() {
        assertEquals(149.62, ModelSize.of(ClipConfig.preset("ViT-B-16")).total() / 1e6, 0.005);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "tiny-wide"})
    void everyWeightOfAModelIsCounted(String preset) {
        ClipConfig config = ClipConfig.preset(preset);
        try (NDManager manager = Torch.newManager();
                ClipModel model = ClipModel.create(config, 0, manager)) {
            long weights =
                    model.tensors().values().stream().mapToLong(NDArray::size).sum();
            long images = model.tensors().entrySet().stream()
                    .filter(tensor -> tensor.getKey().startsWith("visual."))
                    .mapToLong(tensor -> tensor.getValue().size())
                    .sum();
            assertEquals(weights, ModelSize.of(config).total());
            assertEquals(images, ModelSize.of(config).image());
        }
    }
}
