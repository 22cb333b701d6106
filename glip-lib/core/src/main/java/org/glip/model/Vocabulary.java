package org.glip.model;

import ai.djl.ndarray.NDArray;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.BitSet;
import org.glip.engine.HostCopy;

/** The words of a text tower. */
public final class Vocabulary {
    private Vocabulary() {}

    /**
     * Sets the embeddings of all tokens but some to zero. Those that training never showed still are what they were
     * drawn as at its start: with zeros they say nothing, where at random they would say anything; and zeros pack well.
     *
     * @param model changed in place
     * @param tokens the ids that stay
     * @return how many tokens stay
     */
    public static int keepOnly(ClipModel model, BitSet tokens) {
        NDArray embedding = model.tensors().get(TextTower.TOKEN_EMBEDDING);
        float[] values = HostCopy.floats(embedding);
        int width = model.config().text().width();
        int kept = 0;
        for (int id = 0; id < model.config().text().vocabularySize(); id++) {
            if (tokens.get(id)) {
                kept++;
            } else {
                Arrays.fill(values, id * width, (id + 1) * width, 0);
            }
        }
        model.text().overwrite(embedding, FloatBuffer.wrap(values));
        return kept;
    }
}
