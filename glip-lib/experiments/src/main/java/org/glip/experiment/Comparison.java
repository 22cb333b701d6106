package org.glip.experiment;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.glip.results.RunResult;

/**
 * Methods that are pre-trained on the same pairs by the same plan, tuned without a mask, and tested alike: on Scenes ({@link
 * ScenesRuns}), or on shards of one's own, such as CC3M or CC12M, and the field's test sets ({@link ShardRuns}). Whatever draws
 * tables and charts from the results need not know which.
 */
public interface Comparison {
    /**
     * Names a run.
     *
     * @param method how it is pre-trained
     * @param seed of weights, order and masks
     * @return the name of its files
     */
    String id(Method method, long seed);

    /**
     * The result of a run: from its file, else by training and testing. Its figures are shares: {@code masked top-1} (of masked
     * methods), {@code unmasked top-1}, {@code tuned top-1} and the like; and besides {@code image tokens} and {@code samples per
     * second}.
     *
     * @param method how to pre-train
     * @param seed of weights, order and masks
     * @param progress told after each step of training
     * @return the result
     * @throws org.glip.results.ResultFileException if a file under the run's name holds another run or is damaged
     * @throws IOException if a file cannot be read or written
     * @throws CancellationException if the thread is interrupted; no result is left half-written
     */
    RunResult result(Method method, long seed, RunProgress progress) throws IOException;
}
