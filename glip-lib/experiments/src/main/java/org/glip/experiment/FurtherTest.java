package org.glip.experiment;

import java.io.IOException;
import java.util.Map;
import org.glip.eval.Hits;

/** A test of trained models that costs too much to be done for every run: see {@link FurtherTests}. */
public interface FurtherTest {
    /** The name of the folder of its result files, such as {@code linear-probe}. */
    String id();

    /** All that determines its figures beside the run and its models, by name, for the provenance. */
    Map<String, String> settings();

    /**
     * Tests.
     *
     * @param run what was trained
     * @param models its models
     * @return figures and hits, under names that say which test they are of
     * @throws IOException if data or models cannot be read; the file is named
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    Figures measure(ScenesRun run, TrainedModels models) throws IOException;

    /**
     * What a test found.
     *
     * @param metrics figures by name, shares in [0, 1]
     * @param hits which images were right, by the name of the test
     */
    record Figures(Map<String, Double> metrics, Map<String, Hits> hits) {}
}
