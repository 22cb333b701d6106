package org.glip.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.glip.mask.Mask;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;
import org.glip.results.TestName;
import org.glip.scenes.PixelNeighbourBaseline;
import org.glip.scenes.Scenes;
import org.glip.scenes.ScenesProgress;
import org.glip.scenes.ScenesSplit;
import org.glip.scenes.ScenesVersion;
import org.glip.train.Provenance;

/** The trivial baseline on the same test pictures: the label of the training picture whose thumbnail is nearest. */
public final class ScenesBaseline {
    private ScenesBaseline() {}

    /**
     * Evaluates it.
     *
     * @param scenes the data
     * @param trainingPictures how many training pictures it keeps
     * @param command what a person types to run this, for the provenance
     * @param progress told how far it is
     * @return its figures, in the form of a run
     * @throws IOException if the data cannot be read
     */
    public static RunResult pixelNeighbour(Scenes scenes, int trainingPictures, String command, ScenesProgress progress)
            throws IOException {
        PixelNeighbourBaseline baseline = PixelNeighbourBaseline.fit(scenes.train(), trainingPictures, progress);
        List<Path> test = scenes.shards(scenes.config().version().test());
        PixelNeighbourBaseline.Result all = baseline.evaluate(test, scenes.classNames(), progress);
        Findings findings = new Findings();
        add(findings, TestName.UNMASKED, all);
        if (scenes.config().version() == ScenesVersion.V1) {
            List<String> readable = scenes.labels(ScenesSplit.TEST_STYLE).readable();
            add(findings, TestName.READABLE, baseline.evaluate(test, readable, progress));
        } else {
            add(findings, TestName.UNSEEN_DRAWINGS, all);
            List<Path> style = scenes.shards(ScenesSplit.TEST_STYLE);
            add(findings, TestName.UNSEEN_STYLE, baseline.evaluate(style, scenes.classNames(), progress));
        }
        Map<String, String> labelsOfRun =
                Map.of(RunSettings.PRESET, scenes.config().preset().id());
        Map<String, String> configuration = Map.of("training pictures", Integer.toString(trainingPictures));
        return new RunResult(
                new RunSettings("pixel neighbour", Mask.none(), 0, labelsOfRun),
                findings.metrics(),
                Provenance.here(command, scenes.recipe().toString(), configuration));
    }

    private static void add(Findings findings, TestName test, PixelNeighbourBaseline.Result result) {
        findings.add(test.top1(), result.top1());
        findings.add(test.top5(), result.top5());
    }
}
