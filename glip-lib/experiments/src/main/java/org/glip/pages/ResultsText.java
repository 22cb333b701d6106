package org.glip.pages;

import java.util.List;
import org.glip.model.ClipConfig;
import org.glip.report.ClaimTables;
import org.glip.report.CostTables;
import org.glip.report.ReportColumns;
import org.glip.report.ResultTables;
import org.glip.report.SigmaTables;
import org.glip.report.TableColumn;
import org.glip.report.TableText;
import org.glip.results.Metric;
import org.glip.results.RunResult;
import org.glip.results.TestName;
import org.glip.study.EfficiencyStudy;
import tech.tablesaw.api.Table;

/** The part of {@code docs/results.md} that is drawn from result files: words here, figures from the files. */
final class ResultsText {
    private static final double SIGMA = 0.2;
    private static final double[] RATIOS = {0, 0.5, 0.75, 0.918};
    private static final int CAPTION_TOKENS = 20;

    private final ResultFiles files;
    private final StringBuilder page = new StringBuilder();

    ResultsText(ResultFiles files) {
        this.files = files;
    }

    String write() {
        words("""
                # Results

                This page is generated from the result files in `notebooks/results` and from `docs/measurements.json`;
                do not edit it. A test fails where it differs from them. How to make it anew:
                [CONTRIBUTING.md](../CONTRIBUTING.md). Each result file holds its configuration, seed, data, versions,
                commit and date; the notebooks draw the charts.

                The training runs are of the `tiny-wide` model on Scenes 2 (drawings on landscape photographs, [what it
                is](../data-scripts/README.md)), by [its recipe](recipe.md), in float32, where nothing else is said.
                *Masked*: tested with the mask of the training. *Unmasked*: full pictures, straight after
                pre-training. *Tuned*: full pictures, after the unmasked stage. Figures after ± are the standard
                deviation of a run over seeds. What is headed *published* is the paper's, for ViT-B/16 on CC12M and
                ImageNet; compare it with itself, row by row.
                """);
        zeroShot();
        otherTests();
        claims();
        sigma();
        if (!files.benchmark().trainedWithoutCentre().isEmpty()) {
            withoutCentre();
        }
        photographs();
        cost();
        return page.toString();
    }

    private void zeroShot() {
        words("""
                ## Zero-shot

                Preset `centred`, 64,000 pairs and then the unmasked tuning, over 205 labels, on drawings that training
                never shows, in styles that it does; the same pairs in the same order from the same weights for all
                methods. Each run had one thread, and another run beside it; compare costs by processor time.

                ![Top-1 against the share of patches hidden; mean and standard deviation over seeds](accuracy.png)
                """);
        table(ZeroShotTable.of("Zero-shot, unseen drawings", files.benchmark().tables(), ReportColumns.zeroShot()));
    }

    private void otherTests() {
        words("""
                ## Other tests of the same models, tuned

                Robustness is tested on stand-ins for the field's sets: the object loosely placed, anywhere, among
                three others (*mosaic*; naming any of the four counts), or as large as the picture; and photographs of
                landscapes. Retrieval is of concepts that training never shows.
                """);
        table("Robustness, top-1", files.benchmark().tables(), ReportColumns.robustness("unseen drawings"));
        table("Zero-shot over several sets of labels", files.benchmark().tables(), ReportColumns.labelSets());
        table("Retrieval, recall", files.benchmark().tables(), ReportColumns.recall(""));
        table("Linear probe, kinds of concepts", files.benchmark().probe(), ReportColumns.probe());
        table("Fine-tuned, kinds of concepts", files.benchmark().fineTuning(), ReportColumns.fineTuning());
    }

    private void claims() {
        words("""
                ## The paper's claims

                A part of a claim is *reproduced* if the 95 % interval of its figure over training seeds lies wholly
                on the side that the paper claims (Student's t; methods are compared seed by seed), *refuted* if it
                lies wholly on the other, *bounded* if it lies within a point of zero, and *not resolved* otherwise;
                of a claim the worst of its parts is said. Two things the paper leaves open were fixed before the
                runs: a sigma is on the flat part if it keeps at least half of the lead that σ = 0.2 has over the
                random mask, and costs are equal if they differ by less than a tenth (over turns of timing in the
                place of seeds). Figures are in percentage points (cost: percent). *p by image*: McNemar's test on
                the same pictures, one p for each seed.
                """);
        for (Metric measure : List.of(Metric.TOP_1, Metric.TOP_5)) {
            table(ClaimTables.verdicts(
                    "Claims, by " + measure, files.benchmark().claims(measure)));
            table(ClaimTables.figures(
                    "What was measured, by " + measure, files.benchmark().claims(measure)));
        }
    }

    private void sigma() {
        words("""
                ## Sigma

                The paper's Figure 4, with 64,000 pairs as above, on pictures whose subject lies near the centre
                (`centred`), less near (`loose`) or anywhere (`uniform`), trained and tested on the same preset. σ is a
                variance; a dash is random masking, its limit. *No worse, up to noise*: Student's t at 95 %, the
                deviation over seeds pooled over the panel; the best of several is picked after the fact, so it is a
                little flattered.
                """);
        table(SigmaTables.plateaus("Best sigma, top-1 after tuning", files.sweep(), TestName.TUNED.top1()));
        table(SigmaTables.plateaus("Best sigma, top-5 after tuning", files.sweep(), TestName.TUNED.top5()));
        table(SigmaTables.figures("All figures", files.sweep(), ReportColumns.stages()));
        table(SigmaTables.againstRandom(
                "GLIP (σ = " + SIGMA + ") against FLIP, top-1 after tuning", files.sweep(), SIGMA));
    }

    private void cost() {
        words("""
                ## Cost

                A training step is both towers, loss, backward pass and optimiser, with data ready in memory. Equal
                time: each method pre-trains for the same processor time; equal samples: for the number of samples of
                the fastest. Counted are multiply-accumulates of the matrix products in a forward pass of one pair, in
                10⁹: *image* and *text* as the paper counts, *computed* what this library does for the same result,
                since captions are not padded, only visible patches are projected, and the last block computes only
                the token that is read.
                """);
        table(
                "A step of the small model, random and centred mask in turns; ± over turns",
                files.benchmark().turns(),
                ReportColumns.steps());
        table(CostTables.steps("A step of ViT-B/16, captions of 8 to 20 words", files.steps()));
        table(EfficiencyStudy.table(
                "Accuracy at equal time and at equal samples, preset centred, unseen drawings", files.equal()));
        table(CostTables.forwardCost("By count, ViT-B/16", ClipConfig.preset("ViT-B-16"), RATIOS, CAPTION_TOKENS));
    }

    private void withoutCentre() {
        words("""
                ## Trained without a centre

                Trained, tuned and tested on pictures with the object anywhere (`uniform`), among three others
                (`mosaic`; the one that the caption speaks of counts), or as large as the picture (`full-frame`).
                """);
        table(ResultTables.summary(
                "Unseen drawings",
                files.benchmark().trainedWithoutCentre(),
                List.of("preset", "method", "masking"),
                ReportColumns.stages()));
    }

    private void photographs() {
        words("""
                ## On photographs

                One model is trained on five sets of small photographs together, class names as captions, and tested
                on each among its own classes, whose number stands behind the name. `data-scripts/make-photographs.py`
                makes the pictures from their public sources and names their licences; they are not part of this
                project. Top-1 after tuning.
                """);
        table("Zero-shot on photographs", files.benchmark().photographs(), ReportColumns.photographs());
    }

    private void table(String title, List<RunResult> runs, List<TableColumn> columns) {
        table(ResultTables.summary(title, runs, ZeroShotTable.ROWS, ResultTables.measured(runs, columns)));
    }

    private void table(Table table) {
        page.append(TableText.markdown(table)).append('\n');
    }

    private void words(String text) {
        page.append(text).append('\n');
    }
}
