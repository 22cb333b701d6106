package org.glip.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.glip.data.Batch;
import org.glip.engine.HostCopy;
import org.glip.engine.ProcessGroup;
import org.glip.model.TextTower;
import org.glip.model.UsedTokens;

/**
 * The batches of a stage. Before each step it is settled whether there is one, and which tokens it uses: among several
 * ranks by all of them, in one message, so that all end after the same step and update the same rows of the token
 * embedding.
 */
final class AgreedBatches {
    private final Iterator<Batch> batches;
    private final ProcessGroup ranks;
    private final TextTower text;
    private final int vocabulary;
    private final NDManager manager;
    private Going going = Going.ON;

    /** Whether the stage goes on; where ranks differ, the greatest counts. */
    private enum Going {
        ON,
        DATA_END,
        INTERRUPTED
    }

    /**
     * What the next step is made of.
     *
     * @param batch this rank's pairs
     * @param captions theirs, over the tokens that any rank uses
     */
    record Next(Batch batch, UsedTokens captions) {}

    /**
     * @param text knows which captions fit
     * @param vocabulary how many tokens there are
     */
    AgreedBatches(Iterator<Batch> batches, ProcessGroup ranks, TextTower text, int vocabulary, NDManager manager) {
        this.batches = batches;
        this.ranks = ranks;
        this.text = text;
        this.vocabulary = vocabulary;
        this.manager = manager;
    }

    /**
     * Waits for the next batch, and for the other ranks.
     *
     * @return nothing where a rank's data end, or a thread is interrupted; this rank's flag stays set then
     * @throws IllegalArgumentException where a caption does not fit the text tower
     */
    Optional<Next> next() {
        going = ownGoing();
        Batch batch = going == Going.ON ? batches.next() : null;
        if (batch != null) {
            text.requireFit(batch.tokens());
        }
        int[] own = batch == null ? new int[0] : UsedTokens.rows(batch.tokens());
        int[] rows = ranks.isAlone() ? own : settle(own);
        return batch == null || going != Going.ON
                ? Optional.empty()
                : Optional.of(new Next(batch, UsedTokens.over(rows, batch.tokens())));
    }

    /** Whether the stage ended since a rank was interrupted. */
    boolean isInterrupted() {
        return going == Going.INTERRUPTED;
    }

    /** A loader whose consumer is interrupted while it waits says so by an exception and leaves the flag set. */
    private Going ownGoing() {
        if (Thread.currentThread().isInterrupted()) {
            return Going.INTERRUPTED;
        }
        try {
            return batches.hasNext() ? Going.ON : Going.DATA_END;
        } catch (CancellationException e) {
            if (Thread.currentThread().isInterrupted()) {
                return Going.INTERRUPTED;
            }
            throw e;
        }
    }

    /** A byte for how it goes on, and one for each token: whether it is used. */
    private int[] settle(int[] ownRows) {
        byte[] message = new byte[1 + vocabulary];
        message[0] = (byte) going.ordinal();
        for (int row : ownRows) {
            message[1 + row] = 1;
        }
        byte[] settled;
        try (NDArray all = manager.create(ByteBuffer.wrap(message), new Shape(message.length), DataType.INT8)) {
            ranks.greatest(all);
            settled = HostCopy.bytes(all);
        }
        going = Going.values()[settled[0]];
        return IntStream.range(0, vocabulary)
                .filter(row -> settled[1 + row] != 0)
                .toArray();
    }
}
