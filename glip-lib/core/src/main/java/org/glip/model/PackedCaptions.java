package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.LongBuffer;

/**
 * Captions laid out for the text tower: the tokens of all in one row of M, each caption cut after its end-of-text token, and the
 * plan by which attention lays captions of like length side by side. The names are those of {@code operators.torchscript}.
 *
 * @param ids (M) int64
 * @param place (M) int64, where in its caption each token stands
 * @param pad (P) int64, the packed row at each place of the padded groups
 * @param unpad (M) int64, the padded place of each packed row
 * @param groups (G,2) int64, captions and padded length of each group
 * @param end (B) int64, the packed row of each end-of-text token
 * @param length (B) int64, tokens of each caption
 */
record PackedCaptions(
        NDArray ids, NDArray place, NDArray pad, NDArray unpad, NDArray groups, NDArray end, NDArray length) {
    /** More groups save padding in attention, fewer save calls; a caption's other work has no padding at all. */
    private static final int MOST_GROUPS = 8;

    private static final int LEAST_IN_GROUP = 8;

    /**
     * Packs captions in the order given; groups have little padding if that order is by length.
     *
     * @param manager owner of the tensors
     * @param tokens ids, rows of {@code stride}
     * @param stride ids in a row of {@code tokens}
     * @param rows the rows taken, in this order
     * @param lengths tokens of each taken row, the end-of-text token among them, from 1 to the stride
     */
    static PackedCaptions of(NDManager manager, int[] tokens, int stride, int[] rows, int[] lengths) {
        int[] starts = new int[rows.length + 1];
        for (int i = 0; i < rows.length; i++) {
            starts[i + 1] = starts[i] + lengths[i];
        }
        LongBuffer ids = LongBuffer.allocate(starts[rows.length]);
        LongBuffer place = LongBuffer.allocate(starts[rows.length]);
        LongBuffer end = LongBuffer.allocate(rows.length);
        LongBuffer length = LongBuffer.allocate(rows.length);
        for (int i = 0; i < rows.length; i++) {
            for (int t = 0; t < lengths[i]; t++) {
                ids.put(tokens[rows[i] * stride + t]);
                place.put(t);
            }
            end.put(starts[i + 1] - 1L);
            length.put(lengths[i]);
        }
        Groups groups = Groups.of(lengths, starts);
        return new PackedCaptions(
                vector(manager, ids),
                vector(manager, place),
                vector(manager, groups.pad),
                vector(manager, groups.unpad),
                manager.create(groups.sizes, new Shape(groups.sizes.length / 2, 2)),
                vector(manager, end),
                vector(manager, length));
    }

    private static NDArray vector(NDManager manager, LongBuffer numbers) {
        return manager.create(numbers.flip(), new Shape(numbers.limit()));
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
