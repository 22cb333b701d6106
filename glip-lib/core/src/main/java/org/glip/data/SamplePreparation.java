package org.glip.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.SplittableRandom;
import org.glip.data.SkipLog.Reason;
import org.glip.image.DecodingMemory;
import org.glip.image.EncodedPicture;
import org.glip.image.ImageDecoder;
import org.glip.image.ImageTransform;
import org.glip.random.KeyedRandom;
import org.glip.random.KeyedRandom.Purpose;
import org.glip.text.CaptionTokens;
import org.glip.text.ClipTokenizer;
import org.jspecify.annotations.Nullable;

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
     * @throws IOException if the source is broken
     * @throws InterruptedException if the thread is interrupted while it reads or waits for memory
     * @throws IllegalStateException if anything but the sample is at fault; the message names it
     */
    PreparedSample prepare(Candidate candidate, SkipLog.Part skippedBefore) throws IOException, InterruptedException {
        SkipLog skipped = SkipLog.collecting();
        ImageTextSample sample = read(candidate, skipped);
        PreparedSample.Content content = sample == null ? null : content(candidate, sample, skipped);
        return new PreparedSample(candidate, content, content == null ? skipped.take() : null, skippedBefore);
    }

    private static @Nullable ImageTextSample read(Candidate candidate, SkipLog skipped)
            throws IOException, InterruptedException {
        try {
            return candidate.stored().read(skipped);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ClosedByInterruptException) {
                throw new InterruptedException();
            }
            throw e;
        }
    }

    private PreparedSample.@Nullable Content content(Candidate candidate, ImageTextSample sample, SkipLog skipped)
            throws InterruptedException {
        try {
            float[] pixels;
            SplittableRandom random =
                    KeyedRandom.stream(config.seed(), Purpose.AUGMENTATION, candidate.epoch(), candidate.place());
            try {
                pixels = pixels(ImageDecoder.open(sample.image(), sample.origin()), random);
            } catch (IOException e) {
                skipped.skip(Reason.UNDECODABLE_IMAGE, sample.origin(), withoutOrigin(e, sample));
                return null;
            }
            String caption = caption(candidate, sample);
            CaptionTokens tokens = tokenizer.tokenize(caption, config.contextLength());
            return new PreparedSample.Content(pixels, tokens, sample.key(), caption, sample.metadata());
        } catch (RuntimeException e) {
            throw new IllegalStateException("Sample " + sample.origin() + " could not be prepared: " + e, e);
        }
    }

    private String caption(Candidate candidate, ImageTextSample sample) {
        if (!config.randomCaption() || !SampleMetadata.hasCaptions(sample.metadata())) {
            return sample.caption();
        }
        List<String> captions = SampleMetadata.captions(sample.metadata());
        return captions.get(KeyedRandom.stream(config.seed(), Purpose.CAPTION, candidate.epoch(), candidate.place())
                .nextInt(captions.size()));
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
