package org.glip.data;

import java.io.IOException;
import java.util.SplittableRandom;
import org.glip.image.DecodingMemory;
import org.glip.image.EncodedPicture;
import org.glip.image.ImageDecoder;
import org.glip.image.ImageTransform;
import org.glip.random.KeyedRandom;
import org.glip.random.KeyedRandom.Purpose;
import org.glip.text.CaptionTokens;
import org.glip.text.ClipTokenizer;

/**
 * What a worker does to a sample: decode, transform, tokenise. A function of the sample and its place, in any thread.
 */
final class SamplePreparation {
    private final ClipTokenizer tokenizer;
    private final LoaderConfig config;
    private final DecodingMemory memory = DecodingMemory.ofTheHeap();

    SamplePreparation(ClipTokenizer tokenizer, LoaderConfig config) {
        this.tokenizer = tokenizer;
        this.config = config;
    }

    /**
     * Prepares a sample.
     *
     * @param candidate the sample; its place, with the seed, decides crop and flip
     * @param skippedBefore handed on
     * @throws InterruptedException if the thread is interrupted while it waits for memory
     * @throws IllegalStateException if anything but the picture is at fault; the message names the sample
     */
    PreparedSample prepare(Candidate candidate, SkipLog.Part skippedBefore) throws InterruptedException {
        ImageTextSample sample = candidate.sample();
        try {
            float[] pixels;
            SplittableRandom random =
                    KeyedRandom.stream(config.seed(), Purpose.AUGMENTATION, candidate.epoch(), candidate.place());
            try {
                pixels = pixels(ImageDecoder.open(sample.image(), sample.origin()), random);
            } catch (IOException e) {
                return new PreparedSample(candidate, null, withoutOrigin(e, sample), skippedBefore);
            }
            CaptionTokens tokens = tokenizer.tokenize(sample.caption(), config.contextLength());
            return new PreparedSample(candidate, new PreparedSample.Content(pixels, tokens), null, skippedBefore);
        } catch (RuntimeException e) {
            throw new IllegalStateException("Sample " + sample.origin() + " could not be prepared: " + e, e);
        }
    }

    private float[] pixels(EncodedPicture picture, SplittableRandom random) throws IOException, InterruptedException {
        ImageTransform transform = config.transform();
        float[] pixels = new float[3 * transform.outputSize() * transform.outputSize()];
        try (DecodingMemory.Room room = memory.roomFor(picture)) {
            transform.apply(picture.decode(), random, pixels, 0);
        }
        return pixels;
    }

    /** The decoder's message without the name before it, which the log puts there anyway. */
    private static String withoutOrigin(IOException error, ImageTextSample sample) {
        return String.valueOf(error.getMessage()).replace(sample.origin() + ": ", "");
    }
}
