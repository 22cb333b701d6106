package org.glip.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClipConfigTest {
    private static final String VALID = "{\"embed_dim\":64,\"vision_cfg\":{\"image_size\":64,\"layers\":2,\"width\":64,"
            + "\"head_width\":32,\"patch_size\":8},\"text_cfg\":{\"context_length\":16,\"vocab_size\":99,\"width\":64,"
            + "\"heads\":4,\"layers\":2}}";

    @ParameterizedTest
    @ValueSource(strings = {"ViT-B-16", "ViT-B-32", "ViT-S-16", "ViT-L-14", "tiny", "tiny-wide"})
    void presetsSurviveAJourneyThroughJson(String name) {
        ClipConfig config = ClipConfig.preset(name);
        assertEquals(config, ClipConfigJson.parse(config.toJson(), "test"));
        assertEquals(config, ClipConfigJson.parse(config.toHubJson(), "test"));
    }

    @Test
    void defaultsAreOpenClips() {
        ClipConfig config = ClipConfigJson.parse("{\"embed_dim\":512,\"vision_cfg\":{},\"text_cfg\":{}}", "test");
        assertEquals(ClipConfig.preset("ViT-B-16"), config);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"layers\":2,\"width\":64 | \"layers\":2,\"width\":60 | vision_cfg.width 60",
                "\"heads\":4 | \"heads\":5 | text_cfg.heads 5",
                "\"patch_size\":8 | \"patch_size\":7 | patch",
                "\"patch_size\":8 | \"patch_size\":8,\"attentional_pool\":true | attentional_pool",
                "\"patch_size\":8 | \"patch_size\":8,\"patch_dropout\":0.5 | patch_dropout",
                "\"patch_size\":8 | \"patch_size\":8,\"timm_model_name\":\"x\" | timm_model_name",
                "\"patch_size\":8 | \"patch_size\":8,\"pool_type\":\"max\" | pool_type",
                "\"heads\":4 | \"heads\":4,\"hf_model_name\":\"x\" | hf_model_name",
                "\"heads\":4 | \"heads\":4,\"no_causal_mask\":true | no_causal_mask",
                "\"embed_dim\":64 | \"embed_dim\":\"64\" | embed_dim",
                "\"embed_dim\":64 | \"embed_dim\":1.5 | embed_dim",
                "\"embed_dim\":64, | `` | embed_dim is missing",
                "\"context_length\":16 | \"context_length\":2 | context_length"
            })
    void whatIsNotBuiltIsRefusedByName(String part, String replacement, String reason) {
        String json = VALID.replace(part, replacement);
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> ClipConfigJson.parse(json, "model.json"));
        assertTrue(error.getMessage().contains("model.json"), error.getMessage());
        assertTrue(error.getMessage().contains(reason), error.getMessage());
    }

    @Test
    void fieldsThatAskForNothingAreAccepted() {
        String json = VALID.replace(
                "\"heads\":4", "\"heads\":4,\"pad_id\":0,\"ls_init_value\":null,\"no_causal_mask\":false");
        assertEquals(ClipConfigJson.parse(VALID, "a"), ClipConfigJson.parse(json, "b"));
    }

    @Test
    void unknownPresetNamesTheKnownOnes() {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> ClipConfig.preset("ViT-X"));
        assertTrue(error.getMessage().contains("ViT-B-16"), error.getMessage());
    }
}
