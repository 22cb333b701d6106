package org.glip.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.results.Metric;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;
import org.glip.train.Provenance;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class CostTablesTest {
    @Test
    void setsThePapersCountBesideWhatIsComputed() {
        Table table = CostTables.forwardCost("cost", ClipConfig.preset("ViT-B-16"), new double[] {0, 0.75, 0.918}, 20);
        assertEquals("75%", table.stringColumn("masking").get(1));
        assertEquals(50, table.intColumn("image tokens").get(1));
        assertEquals("17.56", table.doubleColumn("image").getString(0));
        assertEquals("2.98", table.doubleColumn("text").getString(2));
        assertEquals("100.0", table.doubleColumn("pair %").getString(0));
        // (4.408 + 2.98) / (17.563 + 2.98), as the paper's count has it
        assertEquals("36.0", table.doubleColumn("pair %").getString(1));
        assertTrue(table.doubleColumn("pair, computed %").get(1)
                < table.doubleColumn("pair %").get(1));
    }

    private static RunResult step(String precision, String batch, double ratio, Map<String, Double> metrics) {
        Map<String, String> labels = Map.of("model", "tiny", "precision", precision, "batch", batch);
        return new RunResult(
                new RunSettings("GLIP", Mask.gaussian(ratio, 0.2), 0, labels),
                metrics,
                new Provenance("", "", Map.of(), Map.of(), ""));
    }

    private static RunResult step(String precision, double batch, double tokens) {
        return step(
                precision,
                Integer.toString((int) batch),
                1 - (tokens - 1) / 196,
                Map.of(
                        Metric.BATCH_SIZE.name(),
                        batch,
                        Metric.IMAGE_TOKENS.name(),
                        tokens,
                        Metric.STEP_TIME.name(),
                        1.0));
    }

    @Test
    void ordersStepsByPrecisionThenBatchAsANumberThenFallingTokens() {
        Table table = CostTables.steps(
                "steps",
                List.of(step("fp32", 16, 17), step("bf16", 16, 17), step("bf16", 4, 50), step("bf16", 16, 99)));
        assertEquals(
                List.of("bf16", "bf16", "bf16", "fp32"),
                table.stringColumn("precision").asList());
        assertEquals(List.of("4", "16", "16", "16"), table.stringColumn("batch").asList());
        assertEquals("50 99 17 17", String.join(" ", textOf(table, "image tokens")));
    }

    private static List<String> textOf(Table table, String column) {
        return IntStream.range(0, table.rowCount())
                .mapToObj(row -> table.column(column).getString(row))
                .toList();
    }

    @Test
    void namesTheMetricThatAStepLacks() {
        List<RunResult> steps =
                List.of(step("bf16", 16, 17), step("bf16", "4", 0.5, Map.of(Metric.STEP_TIME.name(), 1.0)));
        var error = assertThrows(IllegalArgumentException.class, () -> CostTables.steps("steps", steps));
        assertTrue(error.getMessage().contains("batch size"), error.getMessage());
    }
}
