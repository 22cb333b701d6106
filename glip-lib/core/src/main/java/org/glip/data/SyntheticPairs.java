package org.glip.data;

import com.google.gson.JsonObject;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.glip.random.KeyedRandom;
import org.glip.random.KeyedRandom.Purpose;
import org.glip.text.CaptionTokens;
import org.glip.text.ClipTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * An endless supply of noise with captions of common words, to measure speed without a data set. The pixels are made
 * once and shared by all batches, since what they show changes no speed; captions differ, since their length does.
 */
public final class SyntheticPairs implements Iterator<Batch> {
    private static final int FEWEST_WORDS = 8;
    private static final int MOST_WORDS = 20;
    private static final List<String> WORDS = List.of(
            "a",
            "the",
            "photo",
            "of",
            "dog",
            "cat",
            "on",
            "red",
            "old",
            "house",
            "with",
            "tree",
            "near",
            "water",
            "two",
            "people",
            "street",
            "in",
            "front",
            "mountain",
            "small",
            "white",
            "car",
            "table",
            "under",
            "blue",
            "sky");

    private final ClipTokenizer tokenizer;
    private final int size;
    private final int imageSize;
    private final int contextLength;
    private final List<float[]> pixels;
    private final int fewestWords;
    private final int mostWords;
    private final SplittableRandom random;
    private long delivered;

    private SyntheticPairs(Builder builder) {
        this.tokenizer = Objects.requireNonNull(builder.tokenizer, "captions need a tokenizer");
        this.fewestWords = builder.fewestWords;
        this.mostWords = builder.mostWords;
        this.size = builder.batchSize;
        this.imageSize = builder.imageSize;
        this.contextLength = builder.contextLength;
        if (size < 1) {
            throw new IllegalArgumentException("a batch needs at least 1 pair, not " + size);
        }
        if (imageSize < 1 || contextLength < 2) {
            throw new IllegalArgumentException("pictures need at least 1 pixel a side and captions 2 tokens, not "
                    + imageSize + " and " + contextLength);
        }
        if (fewestWords < 1 || mostWords < fewestWords) {
            throw new IllegalArgumentException(
                    "captions need at least 1 word, and no fewer at most than at least, not from " + fewestWords
                            + " to " + mostWords);
        }
        this.random = KeyedRandom.stream(builder.seed, Purpose.COMPOSITION, 0, 0);
        this.pixels = Stream.generate(this::noise).limit(size).toList();
    }

    /** {@return the beginning of a description of a supply} */
    public static Builder builder() {
        return new Builder();
    }

    private float[] noise() {
        float[] picture = new float[3 * imageSize * imageSize];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (float) (2 * random.nextDouble() - 1);
        }
        return picture;
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Batch next() {
        List<String> captions = Stream.generate(this::caption).limit(size).toList();
        List<CaptionTokens> tokens = captions.stream()
                .map(caption -> tokenizer.tokenize(caption, contextLength))
                .toList();
        long first = delivered;
        delivered += size;
        return new Batch(
                first,
                size,
                imageSize,
                pixels,
                tokens,
                Collections.nCopies(size, "synthetic"),
                captions,
                Collections.nCopies(size, new JsonObject()),
                0,
                new StreamPosition(0, delivered, delivered));
    }

    private String caption() {
        int words = random.nextInt(fewestWords, mostWords + 1);
        return IntStream.range(0, words)
                .mapToObj(i -> WORDS.get(random.nextInt(WORDS.size())))
                .collect(Collectors.joining(" "));
    }

    /**
     * Describes a supply. Tokenizer, batch size, image size and context length must be set; captions have 8 to 20 words
     * unless told otherwise, which is what pictures of the web have.
     */
    public static final class Builder {
        private @Nullable ClipTokenizer tokenizer;
        private int batchSize;
        private int imageSize;
        private int contextLength;
        private int fewestWords = FEWEST_WORDS;
        private int mostWords = MOST_WORDS;
        private long seed;

        private Builder() {}

        /**
         * Sets the tokenizer.
         *
         * @param newTokenizer for the captions
         * @return this
         */
        public Builder setTokenizer(ClipTokenizer newTokenizer) {
            tokenizer = newTokenizer;
            return this;
        }

        /**
         * Sets the size of the batches.
         *
         * @param pairs of a batch, at least 1
         * @return this
         */
        public Builder setBatchSize(int pairs) {
            batchSize = pairs;
            return this;
        }

        /**
         * Sets the size of the pictures.
         *
         * @param side in pixels, at least 1
         * @return this
         */
        public Builder setImageSize(int side) {
            imageSize = side;
            return this;
        }

        /**
         * Sets the length of the captions.
         *
         * @param tokens ids of a caption, at least 2
         * @return this
         */
        public Builder setContextLength(int tokens) {
            contextLength = tokens;
            return this;
        }

        /**
         * Chooses how many words captions have; by default 8 to 20.
         *
         * @param fewest words of the shortest captions, at least 1
         * @param most words of the longest captions; as many as the context has tokens fill it
         * @return this
         */
        public Builder optWords(int fewest, int most) {
            fewestWords = fewest;
            mostWords = most;
            return this;
        }

        /**
         * Chooses the seed of noise and captions; by default 0.
         *
         * @param newSeed any number
         * @return this
         */
        public Builder optSeed(long newSeed) {
            seed = newSeed;
            return this;
        }

        /**
         * Completes the description.
         *
         * @return the supply
         * @throws IllegalArgumentException if a number is not set or outside its range
         * @throws NullPointerException if the tokenizer is not set
         */
        public SyntheticPairs build() {
            return new SyntheticPairs(this);
        }
    }
}
