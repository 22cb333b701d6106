package org.glip.scenes;

import java.io.IOException;
import java.util.List;

/** Which drawings a split may show. */
interface Splits {
    /** The drawings of a split, in the order of the library; empty if the split has none. */
    List<Foreground> drawings(ScenesSplit split);

    /** How many pairs of drawings of one concept by different hands are the same; 0 where nobody looked. */
    default int nearDuplicates() {
        return 0;
    }

    /** The splits of a configuration. */
    static Splits of(ScenesConfig config, ForegroundLibrary library) throws IOException {
        return switch (config.version()) {
            case V1 -> new ConceptSplits(library.all());
            case V2 -> {
                List<Foreground> candidates = ConceptChoice.candidates(config.concepts(), library);
                Likeness likeness = new Likeness(candidates);
                List<Foreground> chosen = ConceptChoice.of(config.concepts(), candidates, likeness);
                yield new DrawingSplits(chosen, likeness, config.seed());
            }
        };
    }
}
