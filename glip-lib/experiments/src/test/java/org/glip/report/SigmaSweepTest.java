package org.glip.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.glip.mask.Mask;
import org.glip.results.Metric;
import org.glip.results.ResultFile;
import org.glip.results.ResultFileException;
import org.glip.results.Runs;
import org.glip.results.SigmaPanel;
import org.glip.results.SigmaPlateau;
import org.glip.results.SigmaPoint;
import org.glip.results.SigmaSweep;
import org.glip.results.TestName;
import org.glip.stats.ConfidenceInterval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class SigmaSweepTest {
    private static final double RANDOM = Double.POSITIVE_INFINITY;
    private static final Metric TUNED = TestName.TUNED.top1();

    @TempDir
    Path folder;

    private void assertRejects(Path file, String part) {
        var error = assertThrows(ResultFileException.class, () -> SigmaSweep.read(folder));
        assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
        assertTrue(error.getMessage().contains(part), error.getMessage());
    }

    /** Two seeds at 75 %: 0.2 best, 0.8 within the noise, random far below. One seed at 50 %. */
    private SigmaSweep sweep() throws IOException {
        SweepFiles.write(folder, "centred", 0.75, 0.2, 0, 40);
        SweepFiles.write(folder, "centred", 0.75, 0.2, 1, 44);
        SweepFiles.write(folder, "centred", 0.75, 0.8, 0, 38);
        SweepFiles.write(folder, "centred", 0.75, 0.8, 1, 40);
        SweepFiles.write(folder, "centred", 0.75, RANDOM, 0, 10);
        SweepFiles.write(folder, "centred", 0.75, RANDOM, 1, 12);
        SweepFiles.write(folder, "centred", 0.5, 0.2, 0, 60);
        SweepFiles.write(folder, "centred", 0.5, RANDOM, 0, 30);
        return SigmaSweep.read(folder);
    }

    @Test
    void hasAPanelForEachPresetAndRatioWithRandomMaskingAtInfinity() throws IOException {
        SweepFiles.write(folder, "uniform", 0.75, RANDOM, 0, 20);
        SigmaSweep sweep = sweep();
        assertEquals(
                List.of("centred, 50% masked", "centred, 75% masked", "uniform, 75% masked"),
                sweep.panels().stream().map(SigmaPanel::title).toList());
        assertEquals(
                List.of(0.2, 0.8, RANDOM), List.copyOf(sweep.panels().get(1).sigmas()));
        assertEquals(Map.of("samples", "60000"), sweep.plan());
    }

    @Test
    void errorBarsAreTheDeviationOverSeedsOrTheIntervalOfTheTestPictures() throws IOException {
        SigmaSweep sweep = sweep();
        SigmaPoint twoSeeds = sweep.panels().get(1).points(TUNED).get(0);
        assertTrue(twoSeeds.isOverSeeds());
        assertEquals(0.042, twoSeeds.spread().mean(), 1e-12);
        assertEquals(0.042 + Math.sqrt(8) / 1000, twoSeeds.high(), 1e-12);
        SigmaPoint oneSeed = sweep.panels().get(0).points(TUNED).get(0);
        assertFalse(oneSeed.isOverSeeds());
        ConfidenceInterval expected = ConfidenceInterval.ofShare(60, SweepFiles.IMAGES, 0.95);
        assertEquals(expected.low(), oneSeed.low(), 1e-12);
        assertEquals(expected.high(), oneSeed.high(), 1e-12);
    }

    @Test
    void plateauIsWhatTheNoiseOfSeedsDoesNotTellFromTheBest() throws IOException {
        SigmaPlateau plateau = sweep().panels().get(1).plateau(TUNED);
        assertTrue(plateau.isOverSeeds());
        assertEquals(0.2, plateau.best().sigma());
        assertEquals(
                List.of(0.2, 0.8),
                plateau.within().stream().map(SigmaPoint::sigma).toList());
        // Pooled deviation of the three points: sqrt((8 + 2 + 2) / 3) / 1000; t with 3 degrees of freedom; two runs
        // each.
        assertEquals(3.182446 * 2 / 1000, plateau.largestMargin(), 1e-7);
    }

    @Test
    void plateauOfSingleSeedsCountsTheNoiseOfTestPictures() throws IOException {
        SigmaPlateau plateau = sweep().panels().get(0).plateau(TUNED);
        assertFalse(plateau.isOverSeeds());
        assertEquals(1, plateau.within().size());
        double variance = (0.06 * 0.94 + 0.03 * 0.97) / SweepFiles.IMAGES;
        assertEquals(1.959964 * Math.sqrt(variance), plateau.largestMargin(), 1e-9);
    }

    @Test
    void tablesNameSeedsNoiseAndPlateau() throws IOException {
        SigmaSweep sweep = sweep();
        Table figures = SigmaTables.figures("t", sweep, List.of(TableColumn.percent("tuned", TUNED)));
        assertEquals(List.of(1, 1, 2, 2, 2), figures.intColumn("seeds").asList());
        Table against = SigmaTables.againstRandom("t", sweep, 0.2);
        assertEquals(3, against.rowCount());
        assertEquals(List.of(30, 30, 32), against.intColumn("only GLIP right").asList());
        assertEquals(
                "unknown: one seed", against.stringColumn("seed noise, points").get(0));
        assertEquals("± 0.3", against.stringColumn("seed noise, points").get(1));
        Table plateaus = SigmaTables.plateaus("t", sweep, TUNED);
        assertEquals(
                "σ = 0.2, σ = 0.8",
                plateaus.stringColumn("no worse, up to noise").get(1));
        assertEquals(
                List.of("test pictures", "seeds"),
                plateaus.stringColumn("noise of").asList());
        assertThrows(IllegalArgumentException.class, () -> SigmaTables.againstRandom("t", sweep, 0.3));
    }

    @Test
    void sheetHasAPanelForEachPresetAndRatioAndStaysWhiteWhereNothingWasMeasured() throws IOException {
        SweepFiles.write(folder, "uniform", 0.75, 0.2, 0, 20);
        SweepFiles.write(folder, "uniform", 0.75, RANDOM, 0, 20);
        BufferedImage sheet = new SigmaSheet(sweep(), List.of(new SigmaSheet.Curve("after tuning", TUNED))).draw();
        int blue = Palette.series()[0].getRGB();
        int half = SigmaSheet.PANEL_WIDTH;
        int middle = sheet.getHeight() / 2 + 26;
        assertTrue(Pixels.count(sheet, 0, 60, half, middle - 60, rgb -> rgb == blue) > 50);
        assertTrue(Pixels.count(sheet, half, 60, half, middle - 60, rgb -> rgb == blue) > 50);
        int white = Palette.PAPER.getRGB();
        assertEquals(0, Pixels.count(sheet, 0, middle, half, sheet.getHeight() - middle, rgb -> rgb != white));
        assertTrue(Pixels.count(sheet, half, middle, half, sheet.getHeight() - middle, rgb -> rgb == blue) > 50);
    }

    @Test
    void ticksAreLabelledWithTheSigmaOfTheirPlace() throws IOException {
        SigmaPanel panel = sweep().panels().get(1);
        Function<Double, String> labels = SigmaChart.of(
                        panel, List.of(new SigmaSheet.Curve("after tuning", TUNED)), 0.05, 1.6, 0.06)
                .getStyler()
                .getxAxisTickLabelsFormattingFunction();
        assertEquals(
                List.of("0.05", "0.1", "0.2", "0.4", "0.8", "1.6"),
                Stream.of(0.0, 1.0, 2.0, 3.0, 4.0, 5.0).map(labels).toList());
        // XChart drops all ticks between the ends where two labels are the same.
        assertEquals(2, Stream.of(0.5, -0.35).map(labels).distinct().count());
    }

    @Test
    void aPanelWithRandomMaskingAloneIsDrawn() throws IOException {
        SweepFiles.write(folder, "uniform", 0.75, RANDOM, 0, 20);
        SigmaSweep sweep = SigmaSweep.read(folder);
        BufferedImage sheet = new SigmaSheet(sweep, List.of(new SigmaSheet.Curve("after tuning", TUNED))).draw();
        assertTrue(Pixels.count(sheet, Palette.series()[0]) > 50);
        assertEquals(1, sweep.panels().get(0).plateau(TUNED).within().size());
    }

    @Test
    void sheetNamesTheFileThatLacksAMetric() throws IOException {
        SigmaSheet sheet = new SigmaSheet(sweep(), List.of(new SigmaSheet.Curve("top-5", TestName.TUNED.top5())));
        var error = assertThrows(IllegalArgumentException.class, sheet::draw);
        assertTrue(error.getMessage().contains("centred-0.5-0.2-0.json"), error.getMessage());
        assertTrue(error.getMessage().contains("\"tuned top-5\" is missing"), error.getMessage());
        SigmaSweep same = sheet.sweep();
        assertThrows(IllegalArgumentException.class, () -> new SigmaSheet(same, List.of()));
    }

    @Test
    void rejectsARunOfAnotherPlan() throws IOException {
        sweep();
        Path other = folder.resolve("other.json");
        ResultFile.write(other, SweepFiles.result("uniform", 0.75, RANDOM, 0, 20, "24000"));
        assertRejects(other, "its samples is 24000, but that of centred-0.5-0.2-0.json is 60000");
    }

    @Test
    void rejectsACentredRunWithoutTheRandomRunOfItsSeed() throws IOException {
        SweepFiles.write(folder, "loose", 0.75, RANDOM, 0, 30);
        Path unpaired = SweepFiles.write(folder, "loose", 0.75, 0.2, 1, 40);
        assertRejects(unpaired, "no random masking (FLIP) to compare it with: loose, 75% masked, seed 1");
    }

    @Test
    void rejectsTheSameRunTwice() throws IOException {
        sweep();
        Path copy = folder.resolve("copy.json");
        Files.copy(folder.resolve("centred-0.5-0.2-0.json"), copy);
        assertRejects(copy, "the same run as centred-0.5-0.2-0.json");
    }

    @Test
    void rejectsOtherData() throws IOException {
        sweep();
        Path file = folder.resolve("centred-0.5-Infinity-0.json");
        Files.writeString(file, Files.readString(file).replace("scenes centred", "scenes of another seed"));
        assertRejects(file, "it is of other data than centred-0.5-0.2-0.json");
    }

    @Test
    void rejectsRunsWithoutMaskPresetOrHits() throws IOException {
        Path file = SweepFiles.write(folder, "centred", 0.75, RANDOM, 0, 30);
        String right = Files.readString(file);
        Files.writeString(file, right.replace("\"preset\"", "\"place\""));
        assertRejects(file, "no \"preset\"");
        Files.writeString(file, right.replace("\"tuned\":", "\"masked\":"));
        assertRejects(file, "no hits of \"tuned\"");
        ResultFile.write(file, Runs.of("CLIP", Mask.none(), 0, Map.of(TUNED.name(), 0.1)));
        assertRejects(file, "its run has no mask");
    }

    @Test
    void rejectsAFolderThatIsMissingOrEmpty() {
        assertRejects(folder, "no result file");
        folder = folder.resolve("missing");
        assertRejects(folder, "there is no such folder");
    }
}
