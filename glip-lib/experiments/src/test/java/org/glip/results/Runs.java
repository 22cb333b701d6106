package org.glip.results;

import java.util.Map;
import org.glip.mask.Mask;
import org.glip.train.Provenance;

/** Results for tests. */
public final class Runs {
    private Runs() {}

    public static final Provenance PROVENANCE = new Provenance(
            "glip pretrain --seed 1",
            "scenes centred",
            Map.of("learning rate", "0.001"),
            Map.of("java", "17"),
            "2026-01-02T03:04:05Z");

    public static RunResult of(String method, Mask mask, long seed, Map<String, Double> metrics) {
        return new RunResult(RunSettings.of(method, mask, seed), metrics, PROVENANCE);
    }
}
