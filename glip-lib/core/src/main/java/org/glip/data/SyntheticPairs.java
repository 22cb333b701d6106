package org.glip.data;

import com.google.gson.JsonObject;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.glip.random.KeyedRandom;
import org.glip.random.KeyedRandom.Purpose;
import org.glip.text.CaptionTokens;
import org.glip.text.ClipTokenizer;

/**
 * An endless supply of noise with captions of common words, to measure speed without a data set. The pixels are made once
 * and shared by all batches, since what they show changes no speed; captions differ, since their length does.
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

    /**
     * A supply with captions of 8 to 20 words, which is what pictures of the web have.
     *
     * @param tokenizer for the captions
     * @param size pairs of a batch, at least 1
     * @param imageSize side of the pictures in pixels
     * @param contextLength token ids of a caption
     * @param seed of noise and captions
     */
    public SyntheticPairs(ClipTokenizer tokenizer, int size, int imageSize, int contextLength, long seed) {
        this(tokenizer, size, imageSize, contextLength, FEWEST_WORDS, MOST_WORDS, seed);
    }

    /**
     * A supply.
     *
     * @param tokenizer for the captions
     * @param size pairs of a batch, at least 1
     * @param imageSize side of the pictures in pixels
     * @param contextLength token ids of a caption
     * @param fewestWords words of the shortest captions, at least 1
     * @param mostWords words of the longest captions; as many as the context has tokens fill it
     * @param seed of noise and captions
     */
    public SyntheticPairs(
            ClipTokenizer tokenizer,
            int size,
            int imageSize,
            int contextLength,
            int fewestWords,
            int mostWords,
            long seed) {
        if (size < 1) {
            throw new IllegalArgumentException("a batch needs at least 1 pair, not " + size);
        }
        if (fewestWords < 1 || mostWords < fewestWords) {
            throw new IllegalArgumentException(
                    "captions need at least 1 word, and no fewer at most than at least, not from " + fewestWords
                            + " to " + mostWords);
        }
        this.tokenizer = tokenizer;
        this.fewestWords = fewestWords;
        this.mostWords = mostWords;
        this.size = size;
        this.imageSize = imageSize;
        this.contextLength = contextLength;
        this.random = KeyedRandom.stream(seed, Purpose.COMPOSITION, 0, 0);
        this.pixels = Stream.generate(this::noise).limit(size).toList();
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
}
