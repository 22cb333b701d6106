package org.glip.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import com.google.gson.JsonObject;
import java.io.IOException;
import org.glip.engine.Precision;
import org.glip.engine.Torch;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.junit.jupiter.api.Test;

class DeviceComparisonTest {
    private static JsonObject compare(Precision precision) throws IOException {
        return new DeviceComparison(ClipConfig.preset("tiny"), Mask.gaussian(0.75, 0.2), 4, 3)
                .compare(Device.cpu(), precision);
    }

    @Test
    void theCpuComputesWhatItComputes() throws IOException {
        JsonObject json = compare(Precision.FP32);
        assertTrue(json.get("within_bounds").getAsBoolean(), json.toString());
        assertTrue(json.get("masks_equal").getAsBoolean());
        for (String figure : new String[] {"image_features", "text_features", "loss", "gradient", "losses"}) {
            assertEquals(0, json.get(figure).getAsDouble(), figure);
        }
        assertEquals(3, json.getAsJsonArray("losses_on_device").size());
        assertEquals("cpu", json.get("device").getAsString());
    }

    /** So that the figures are seen to tell a difference where there is one. */
    @Test
    void anotherPrecisionIsAnotherResult() throws IOException {
        assumeTrue(Torch.hasBfloat16(Device.cpu()), "this processor has no bfloat16");
        JsonObject json = compare(Precision.BF16);
        for (String figure : new String[] {"image_features", "text_features", "gradient", "losses"}) {
            assertTrue(json.get(figure).getAsDouble() > 1e-5, json.toString());
        }
        assertTrue(json.get("within_bounds").getAsBoolean(), json.toString());
    }
}
