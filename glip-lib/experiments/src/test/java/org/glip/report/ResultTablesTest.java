package org.glip.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.glip.claims.PublishedResults;
import org.glip.mask.Mask;
import org.glip.results.MethodName;
import org.glip.results.Metric;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;
import org.glip.results.Runs;
import org.glip.results.TestName;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class ResultTablesTest {
    private static final List<RunResult> RUNS = List.of(
            Runs.of("CLIP", Mask.none(), 0, Map.of("unmasked", 0.365, "speed", 1234.4)),
            Runs.of("GLIP", Mask.gaussian(0.918, 0.2), 0, Map.of("masked", 0.2, "unmasked", 0.10)),
            Runs.of("GLIP", Mask.gaussian(0.918, 0.2), 1, Map.of("masked", 0.3, "unmasked", 0.12)));

    private static final List<TableColumn> COLUMNS = List.of(
            TableColumn.percent("masked", new Metric("masked")),
            TableColumn.percent("unmasked", new Metric("unmasked")),
            TableColumn.whole("samples/s", new Metric("speed")));

    private static Table table() {
        return ResultTables.summary("Top-1 <ours>", RUNS, List.of("method", "masking", "sigma"), COLUMNS);
    }

    @Test
    void averagesOverSeedsAndSaysHowManyThereWere() {
        Table table = table();
        assertEquals(2, table.rowCount());
        assertEquals(0.25, table.doubleColumn("masked").get(1), 1e-12);
        assertEquals(Math.sqrt(0.005), table.doubleColumn("masked ±").get(1), 1e-12);
        assertEquals(2, table.intColumn("runs").get(1));
        assertTrue(table.doubleColumn("masked").isMissing(0));
        assertTrue(table.doubleColumn("unmasked ±").isMissing(0), "one run has no spread");
    }

    @Test
    void saysNothingOfASpreadWhereRunsDoNotDiffer() {
        List<RunResult> runs = List.of(
                Runs.of("GLIP", Mask.gaussian(0.75, 0.2), 0, Map.of("tokens", 17.0, "masked", 0.2)),
                Runs.of("GLIP", Mask.gaussian(0.75, 0.2), 1, Map.of("tokens", 17.0, "masked", 0.3)));
        List<TableColumn> columns = List.of(
                TableColumn.whole("tokens", new Metric("tokens")), TableColumn.percent("masked", new Metric("masked")));
        Table table = ResultTables.summary("t", runs, List.of("method"), columns);
        assertEquals(List.of("method", "tokens", "masked", "masked ±", "runs"), table.columnNames());
    }

    @Test
    void hasNoColumnsAboutSeedsWhereEachRowIsOneRun() {
        Table table = ResultTables.summary("t", RUNS, List.of("method", "seed"), COLUMNS);
        assertEquals(List.of("method", "seed", "masked", "unmasked", "samples/s"), table.columnNames());
    }

    @Test
    void writesAnAlignedTableForTheTerminalInAnyLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals("""
                    Top-1 <ours>
                    method  masking  sigma       masked     unmasked  samples/s  runs
                    ──────  ───────  ─────  ───────────  ───────────  ─────────  ────
                    CLIP    –        –                –        36.5%      1,234     1
                    GLIP    91.8%    0.2    25.0% ± 7.1  11.0% ± 1.4          –     2
                    """, TableText.plain(table()));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void writesHtmlWithNumbersToTheRightAndEscapedText() {
        String html = TableText.html(table());
        assertTrue(html.contains("Top-1 &lt;ours&gt;"));
        assertTrue(html.matches("(?s).*<td [^>]*text-align:right\">25.0% ± 7.1</td>.*"), html);
        assertTrue(html.matches("(?s).*<td [^>]*text-align:left\">GLIP</td>.*"), html);
        assertFalse(html.contains("masked ±"), "deviations stand in the cells of their means");
        assertEquals(html.split("<tr").length, html.split("</tr>").length);
    }

    @Test
    void keepsPublishedFiguresInColumnsOfTheirOwn() {
        Table table = PublishedColumns.addTo(table(), List.of(TestName.MASKED, TestName.TUNED));
        assertEquals(0.221, table.doubleColumn("published: masked").get(1), 1e-12);
        assertEquals(0.28, table.doubleColumn("published: after tuning").get(1), 1e-12);
        assertTrue(table.doubleColumn("published: masked").isMissing(0));
        assertTrue(TableText.html(table).contains("font-style:italic\">28.0%</td>"));
    }

    @Test
    void knowsThePublishedFigures() {
        assertEquals(Optional.of(0.365), PublishedResults.top1(MethodName.CLIP, "–", TestName.UNMASKED));
        assertEquals(Optional.of(0.334), PublishedResults.top1(MethodName.RECLIP, "112 px", TestName.TUNED));
        assertEquals(Optional.empty(), PublishedResults.top1(MethodName.RECLIP, "112 px", TestName.MASKED));
        assertEquals(Optional.empty(), PublishedResults.top1(MethodName.GLIP, "60%", TestName.MASKED));
        double gain =
                PublishedResults.top1(MethodName.GLIP, "91.8%", TestName.MASKED).orElseThrow()
                        - PublishedResults.top1(MethodName.FLIP, "91.8%", TestName.MASKED)
                                .orElseThrow();
        assertEquals(0.042, gain, 1e-12, "the gap that the paper's text names");
    }

    @Test
    void describesTheSettingsOfARun() {
        RunSettings reclip = new RunSettings("RECLIP", Mask.none(), 1, Map.of("masking", "112 px"));
        assertEquals("112 px", reclip.text("masking"));
        assertEquals("–", reclip.text("sigma"));
        assertEquals("–", reclip.text("unheard of"));
        assertEquals("50%", RunSettings.of("FLIP", Mask.random(0.5), 1).text("masking"));
        assertThrows(IllegalArgumentException.class, () -> new RunSettings("x", Mask.none(), 1, Map.of("seed", "2")));
        assertThrows(IllegalArgumentException.class, () -> RunSettings.of(" ", Mask.none(), 1));
    }

    @Test
    void saysWhatATableLacks() {
        var noMetric = assertThrows(
                IllegalArgumentException.class,
                () -> ResultTables.summary(
                        "t", RUNS, List.of("method"), List.of(TableColumn.percent("x", new Metric("tuned")))));
        assertTrue(noMetric.getMessage().contains("metric \"tuned\""), noMetric.getMessage());
        assertThrows(
                IllegalArgumentException.class, () -> ResultTables.summary("t", List.of(), List.of("method"), COLUMNS));
        Table byMethod = ResultTables.summary("t", RUNS, List.of("method"), COLUMNS);
        var noColumn = assertThrows(
                IllegalArgumentException.class, () -> PublishedColumns.addTo(byMethod, List.of(TestName.TUNED)));
        assertTrue(noColumn.getMessage().contains("masking"), noColumn.getMessage());
    }
}
