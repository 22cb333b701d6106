package org.glip.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.glip.text.CaptionTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardCostTest {
    private static final ClipConfig BASE = ClipConfig.preset("ViT-B-16");

    @ParameterizedTest
    @CsvSource({"197, 17.56", "99, 8.70", "50, 4.41", "17, 1.56"})
    void theImageTowerCostsWhatThePaperDerives(int tokens, double giga) {
        assertEquals(giga, ForwardCost.plain(BASE, tokens, 77).image() / 1e9, 0.0055);
    }

    @Test
    void theTextTowerCostsWhatThePaperDerives() {
        assertEquals(2.98, ForwardCost.plain(BASE, 197, 77).text() / 1e9, 0.005);
    }

    /**
     * Small enough to count by hand: image width 2, MLP 8, 4 patches of 3 numbers; text width 4, MLP 16; embedding 5.
     */
    private static ClipConfig small(ClipConfig.Vision.Pooling pooling, int layers) {
        return new ClipConfig(
                5,
                false,
                new ClipConfig.Vision(2, 1, 2, layers, 1, 4, pooling, true),
                new ClipConfig.Text(6, 100, 4, 1, layers, 4));
    }

    @Test
    void countsEveryProductOfASmallModel() {
        ForwardCost cost = ForwardCost.plain(small(ClipConfig.Vision.Pooling.CLASS_TOKEN, 1), 3, 2);
        // Patches 4*3*2; for 3 tokens in- and out-projection 3*16, attention 2*9*2, MLP 3*32; output 2*5.
        assertEquals(24 + 48 + 36 + 96 + 10, cost.image());
        // For 2 tokens in- and out-projection 2*64, attention 2*4*4, MLP 2*128; output 4*5.
        assertEquals(128 + 32 + 256 + 20, cost.text());
    }

    @Test
    void countsWhatTheLastBlockReallyComputes() {
        ForwardCost cost = ForwardCost.computed(small(ClipConfig.Vision.Pooling.CLASS_TOKEN, 1), 3, 2);
        // Visible patches 2*3*2; keys and values 3*8, query and output 8, attention 2*3*2, MLP 32; output 10.
        assertEquals(12 + 24 + 8 + 12 + 32 + 10, cost.image());
        // Keys and values 2*32, query and output 32, attention 2*2*4, MLP 128; output 20.
        assertEquals(64 + 32 + 16 + 128 + 20, cost.text());
    }

    @Test
    void aModelThatPoolsByAverageComputesItsWholeLastBlock() {
        ForwardCost cost = ForwardCost.computed(small(ClipConfig.Vision.Pooling.AVERAGE, 2), 3, 2);
        assertEquals(12 + 2 * (48 + 36 + 96) + 10, cost.image());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 17, 50, 99, 197})
    void lessIsComputedThanThePlainForm(int tokens) {
        ForwardCost plain = ForwardCost.plain(BASE, tokens, 20);
        ForwardCost computed = ForwardCost.computed(BASE, tokens, 20);
        assertTrue(computed.image() < plain.image() && computed.text() < plain.text());
    }

    @Test
    void aBatchCostsWhatItsCaptionsCostWithoutTheirPadding() {
        List<CaptionTokens> captions = List.of(new CaptionTokens(new int[77], 4), new CaptionTokens(new int[77], 7));
        ForwardCost expected = ForwardCost.computed(BASE, 50, 4).plus(ForwardCost.computed(BASE, 50, 7));
        assertEquals(expected, ForwardCost.computed(BASE, 50, captions));
        assertEquals(6.0 * (expected.image() + expected.text()), expected.trainingFlop());
    }

    @Test
    void refusesTokensThatTheModelDoesNotHave() {
        for (int[] wrong : new int[][] {{1, 7, 1}, {198, 7, 198}, {50, 0, 0}, {50, 78, 78}}) {
            var error = assertThrows(IllegalArgumentException.class, () -> ForwardCost.plain(BASE, wrong[0], wrong[1]));
            assertTrue(error.getMessage().endsWith("not " + wrong[2]), error.getMessage());
            assertThrows(IllegalArgumentException.class, () -> ForwardCost.computed(BASE, wrong[0], wrong[1]));
        }
        List<CaptionTokens> tooLong = List.of(new CaptionTokens(new int[78], 78));
        assertThrows(IllegalArgumentException.class, () -> ForwardCost.computed(BASE, 50, tooLong));
    }
}
