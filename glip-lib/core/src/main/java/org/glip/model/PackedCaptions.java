package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.LongBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.glip.engine.Upload;
import org.glip.text.CaptionTokens;

/**
 * Captions laid out for the text tower: the tokens of all in one row of M, each caption cut after its end-of-text
 * token, shorter captions first, and the plan by which attention lays captions of like length side by side. The names
 * are those of {@code operators.torchscript}.
 *
 * @param ids (M) int64
 * @param place (M) int64, where in its caption each token stands
 * @param pad (P) int64, the packed row at each place of the padded groups
 * @param unpad (M) int64, the padded place of each packed row
 * @param groups (G,2) int64, captions and padded length of each group; on the host, since these are sizes
 * @param end (B) int64, the packed row of each end-of-text token
 * @param length (B) int64, tokens of each packed caption
 * @param order (B) int64, where each caption as it was given stands among the packed ones
 */
record PackedCaptions(
        NDArray ids,
        NDArray place,
        NDArray pad,
        NDArray unpad,
        NDArray groups,
        NDArray end,
        NDArray length,
        NDArray order) {
    /** More groups save padding in attention, fewer save calls; a caption's other work has no padding at all. */
    private static final int MOST_GROUPS = 8;

    private static final int LEAST_IN_GROUP = 8;

    private static final int TENSORS = 8;

    /**
     * Packs captions; sorted by length, since groups then have little padding.
     *
     * @param upload brings numbers to the device
     * @param manager owner of the tensors
     * @param captions at least one
     */
    static PackedCaptions of(Upload upload, NDManager manager, List<CaptionTokens> captions) {
        int[] byLength = byLength(captions);
        int[] lengths =
                IntStream.of(byLength).map(i -> captions.get(i).length()).toArray();
        int[] starts = new int[lengths.length + 1];
        for (int i = 0; i < lengths.length; i++) {
            starts[i + 1] = starts[i] + lengths[i];
        }
        LongBuffer ids = LongBuffer.allocate(starts[lengths.length]);
        LongBuffer place = LongBuffer.allocate(starts[lengths.length]);
        long[] end = new long[lengths.length];
        long[] order = new long[lengths.length];
        for (int i = 0; i < lengths.length; i++) {
            int[] caption = captions.get(byLength[i]).ids();
            for (int t = 0; t < lengths[i]; t++) {
                ids.put(caption[t]);
                place.put(t);
            }
            end[i] = starts[i + 1] - 1L;
            order[byLength[i]] = i;
        }
        Groups groups = Groups.of(lengths, starts);
        return new PackedCaptions(
                vector(upload, manager, ids.array()),
                vector(upload, manager, place.array()),
                vector(upload, manager, groups.pad.array()),
                vector(upload, manager, groups.unpad.array()),
                Upload.onHost(manager, new Shape(groups.sizes.length / 2, 2), groups.sizes),
                vector(upload, manager, end),
                vector(upload, manager, IntStream.of(lengths).asLongStream().toArray()),
                vector(upload, manager, order));
    }

    /** The numbers of the captions, shortest first; equally long ones in their order. */
    private static int[] byLength(List<CaptionTokens> captions) {
        return IntStream.range(0, captions.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> captions.get(i).length()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static NDArray vector(Upload upload, NDManager manager, long[] numbers) {
        return upload.longs(manager, new Shape(numbers.length), numbers);
    }

    /**
     * Takes the tensors of {@link #list} again.
     *
     * @throws IllegalArgumentException if there are more or fewer
     */
    static PackedCaptions of(NDList tensors) {
        if (tensors.size() != TENSORS) {
            throw new IllegalArgumentException("the text tower takes the " + TENSORS
                    + " tensors that TextTower.inputs makes of captions, not " + tensors.size());
        }
        return new PackedCaptions(
                tensors.get(0),
                tensors.get(1),
                tensors.get(2),
                tensors.get(3),
                tensors.get(4),
                tensors.get(5),
                tensors.get(6),
                tensors.get(7));
    }

    /** The tensors in the order of the components: the inputs of a {@link TextTower}. */
    NDList list() {
        return new NDList(ids, place, pad, unpad, groups, end, length, order);
    }

    /** The shapes of {@link #list} for one caption. */
    static Shape[] shapesOfOne(int tokens) {
        Shape each = new Shape(tokens);
        Shape one = new Shape(1);
        return new Shape[] {each, each, each, each, new Shape(1, 2), one, one, one};
    }

    /** The plan of attention, see {@link PackedCaptions}. */
    private record Groups(long[] sizes, LongBuffer pad, LongBuffer unpad) {
        static Groups of(int[] lengths, int[] starts) {
            int count = Math.max(1, Math.min(MOST_GROUPS, lengths.length / LEAST_IN_GROUP));
            long[] sizes = new long[2 * count];
            int padded = 0;
            for (int g = 0; g < count; g++) {
                int longest = 0;
                for (int i = first(g, count, lengths); i < first(g + 1, count, lengths); i++) {
                    longest = Math.max(longest, lengths[i]);
                }
                sizes[2 * g] = first(g + 1, count, lengths) - first(g, count, lengths);
                sizes[2 * g + 1] = longest;
                padded += (int) sizes[2 * g] * longest;
            }
            LongBuffer pad = LongBuffer.allocate(padded);
            LongBuffer unpad = LongBuffer.allocate(starts[lengths.length]);
            for (int g = 0; g < count; g++) {
                for (int i = first(g, count, lengths); i < first(g + 1, count, lengths); i++) {
                    for (int t = 0; t < sizes[2 * g + 1]; t++) {
                        if (t < lengths[i]) {
                            unpad.put(pad.position());
                        }
                        // Padding repeats the last token: any row would do, for no token sees it.
                        pad.put(starts[i] + Math.min(t, lengths[i] - 1));
                    }
                }
            }
            return new Groups(sizes, pad, unpad);
        }

        /** The first caption of a group. */
        private static int first(int group, int count, int[] lengths) {
            return group * lengths.length / count;
        }
    }
}
