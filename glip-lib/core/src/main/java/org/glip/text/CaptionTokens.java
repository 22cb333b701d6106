package org.glip.text;

import java.util.Arrays;

/**
 * The tokens of a caption, and how many of them count: those up to its end, since the text tower reads its feature at
 * the end-of-text token and what follows cannot influence that.
 *
 * @param ids token ids, padded with 0 to the context length, (C); not to be changed
 * @param length tokens up to and with the first end-of-text token, from 1 to C
 */
public record CaptionTokens(int[] ids, int length) {
    /** Checks that the length lies within the ids. */
    public CaptionTokens {
        if (length < 1 || length > ids.length) {
            throw new IllegalArgumentException(
                    "of " + ids.length + " token ids at least 1 and at most all are the caption, not " + length);
        }
    }

    /** {@return the tokens that count} */
    @Override
    public String toString() {
        return length + " tokens " + Arrays.toString(Arrays.copyOf(ids, length)) + ", padded to " + ids.length;
    }
}
