package org.glip.data;

import java.util.List;
import java.util.Optional;

/** Samples that are in memory already: for notebooks, small evaluations and tests. */
final class InMemorySource implements SampleSource {
    private final List<ImageTextSample> samples;

    /**
     * A source of the given samples, in their order.
     *
     * @param samples the samples
     * @throws IllegalArgumentException if a caption is empty
     */
    public InMemorySource(List<ImageTextSample> samples) {
        this.samples = List.copyOf(samples);
        for (ImageTextSample sample : samples) {
            if (sample.caption().isBlank()) {
                throw new IllegalArgumentException("sample " + sample.origin() + " has an empty caption");
            }
        }
    }

    @Override
    public SampleSource.Pass open(long epoch, SampleOrder order, SkipLog skipped) {
        return new ListStream(order.indices(samples.size(), epoch), samples::get);
    }

    @Override
    public Optional<NumberedSamples> numbered(long epoch, SampleOrder order) {
        return Optional.of(NumberedSamples.of(samples.size(), (sample, skipped) -> samples.get(sample)));
    }

    @Override
    public long countSamples() {
        return samples.size();
    }

    @Override
    public String describe() {
        return samples.size() + " samples in memory";
    }
}
