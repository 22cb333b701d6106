package org.glip.stats;

import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Objects;
import org.glip.eval.ClassificationResult;

/**
 * Which images of a test set a classifier got right, a bit each, so that files of two runs can be compared in pairs.
 * Immutable.
 */
public final class Hits {
    private final int images;
    private final BitSet right;

    private Hits(int images, BitSet right) {
        this.images = images;
        this.right = right;
    }

    /**
     * Returns the hits of a classification.
     *
     * @param result what was said about each image
     * @return a bit for each: whether the first prediction is right
     */
    public static Hits of(ClassificationResult result) {
        BitSet right = new BitSet(result.count());
        for (int image = 0; image < result.count(); image++) {
            right.set(image, result.isHit(image));
        }
        return new Hits(result.count(), right);
    }

    /**
     * Reads what {@link #toBase64} gave.
     *
     * @param images how many images there are, at least 1
     * @param base64 the bits, lowest first
     * @return the hits
     * @throws IllegalArgumentException where the text is no Base64 or does not have as many bytes as the images need
     */
    public static Hits parse(int images, String base64) {
        if (images < 1) {
            throw new IllegalArgumentException("Hits need at least one image, not " + images);
        }
        byte[] bytes = Base64.getDecoder().decode(base64);
        BitSet right = BitSet.valueOf(bytes);
        if (bytes.length != bytes(images) || right.length() > images) {
            throw new IllegalArgumentException("Hits of " + images + " images take " + bytes(images)
                    + " bytes with no bit beyond, not " + bytes.length + " bytes with " + right.length() + " bits");
        }
        return new Hits(images, right);
    }

    private static int bytes(int images) {
        return (images - 1) / Byte.SIZE + 1;
    }

    /** {@return the number of images} */
    public int images() {
        return images;
    }

    /**
     * {@return whether the image of this number was right}
     *
     * @param image its number, from 0
     */
    public boolean isHit(int image) {
        return right.get(Objects.checkIndex(image, images));
    }

    /** {@return the share of images that are right, in [0, 1]: the top-1 accuracy} */
    public double share() {
        return (double) right.cardinality() / images;
    }

    /** {@return the bits as text, eight images a byte, the first in the lowest bit} */
    public String toBase64() {
        byte[] bytes = Arrays.copyOf(right.toByteArray(), bytes(images));
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hits hits && hits.images == images && hits.right.equals(right);
    }

    @Override
    public int hashCode() {
        return Objects.hash(images, right);
    }

    @Override
    public String toString() {
        return right.cardinality() + " of " + images + " images right";
    }
}
