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
     * @return its figures, in the form of a run
     * @throws IOException if the data cannot be read
     */
    public static RunResult pixelNeighbour(Scenes scenes, int trainingPictures, String command) throws IOException {
        PixelNeighbourBaseline baseline = PixelNeighbourBaseline.fit(scenes.train(), trainingPictures);
        List<Path> test = scenes.shards(scenes.config().version().test());
        PixelNeighbourBaseline.Result all = baseline.evaluate(test, scenes.classNames());
        Findings findings = new Findings();
        findings.add(TestName.UNMASKED.top1(), all.top1());
        findings.add(TestName.UNMASKED.top5(), all.top5());
        if (scenes.config().version() == ScenesVersion.V1) {
            PixelNeighbourBaseline.Result readable = baseline.evaluate(
                    test, scenes.labels(ScenesSplit.TEST_STYLE).readable());
            findings.add(TestName.READABLE.top1(), readable.top1());
            findings.add(TestName.READABLE.top5(), readable.top5());
        }
        Map<String, String> labelsOfRun =
                Map.of(RunSettings.PRESET, scenes.config().preset().id());
        Map<String, String> configuration = Map.of("training pictures", Integer.toString(trainingPictures));
        return new RunResult(
                new RunSettings("pixel neighbour", Mask.none(), 0, labelsOfRun),
                findings.metrics(),
                Provenance.here(command, scenes.recipe().toString(), configuration));
    }
}
