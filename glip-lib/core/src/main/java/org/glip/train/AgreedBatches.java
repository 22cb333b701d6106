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
 * The batches of a stage. Before each step it is settled whether there is one, which tokens it uses and how many
 * samples were left out: among several ranks by all of them, in one message, so that all end after the same step and
 * update the same rows of the token embedding.
 */
final class AgreedBatches {
    /** A count is told in as many bytes of seven bits, which none of the ranks takes for a negative number. */
    private static final int COUNT_BYTES = 9;

    private static final int COUNT_BITS = 7;

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
     * @param bad samples that all ranks have left out, up to the end of the batch
     */
    record Next(Batch batch, UsedTokens captions, long bad) {}

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
        int[] rows = batch == null ? new int[0] : UsedTokens.rows(batch.tokens());
        long bad = batch == null ? 0 : batch.end().skipped().total();
        Settled settled = ranks.isAlone() ? new Settled(rows, bad) : settle(rows, bad);
        return batch == null || going != Going.ON
                ? Optional.empty()
                : Optional.of(new Next(batch, UsedTokens.over(settled.rows, batch.tokens()), settled.bad));
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

    /** Of all ranks: the tokens that are used, ascending, and how many samples were left out. */
    private record Settled(int[] rows, long bad) {}

    /**
     * A byte for how it goes on, one for each token, whether it is used, and a count from each rank, in the place of
     * which all others tell zero.
     */
    private Settled settle(int[] ownRows, long ownBad) {
        int counts = 1 + vocabulary;
        byte[] message = new byte[counts + ranks.size() * COUNT_BYTES];
        message[0] = (byte) going.ordinal();
        for (int row : ownRows) {
            message[1 + row] = 1;
        }
        for (int i = 0; i < COUNT_BYTES; i++) {
            int part = (int) (ownBad >> i * COUNT_BITS) & Byte.MAX_VALUE;
            message[counts + ranks.rank() * COUNT_BYTES + i] = (byte) part;
        }
        byte[] settled;
        try (NDArray all = manager.create(ByteBuffer.wrap(message), new Shape(message.length), DataType.INT8)) {
            ranks.greatest(all);
            settled = HostCopy.bytes(all);
        }
        going = Going.values()[settled[0]];
        int[] rows = IntStream.range(0, vocabulary)
                .filter(row -> settled[1 + row] != 0)
                .toArray();
        long bad = IntStream.range(counts, settled.length)
                .mapToLong(i -> (long) settled[i] << (i - counts) % COUNT_BYTES * COUNT_BITS)
                .sum();
        return new Settled(rows, bad);
    }
}
