package org.glip.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * Several sources, each with a weight: of every epoch, which is as long as all of them together, each gets its part of
 * the places, exactly, and an order over all of them says which. A source of a larger part than its size comes more
 * than once in an epoch, one of a smaller part is gone through in several; either way each of its samples comes once
 * before any comes again, in an order that is new for each pass. So what lies at a place is a function of seed, epoch
 * and place.
 */
final class MixedSource implements SampleSource {
    private final List<SampleSource> sources;
    private final List<Double> weights;

    /**
     * @param sources which can be read by number
     * @param weights parts of all samples, in any unit
     * @throws IllegalArgumentException if there is not one weight above 0 for each source
     */
    MixedSource(List<SampleSource> sources, List<Double> weights) {
        if (sources.size() != weights.size()) {
            throw new IllegalArgumentException("there are " + weights.size() + " weights for " + sources.size()
                    + " sources; each source needs one");
        }
        for (double weight : weights) {
            if (!(weight > 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("the weight of a source is a number above 0, not " + weight);
            }
        }
        this.sources = List.copyOf(sources);
        this.weights = List.copyOf(weights);
    }

    List<SampleSource> sources() {
        return sources;
    }

    /** The same mixture of other sources. */
    MixedSource of(List<SampleSource> others) {
        return new MixedSource(others, weights);
    }

    /** Places of each source in an epoch: what is left by rounding down goes to the largest remainders. */
    private long[] places(long all) throws IOException {
        double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
        long[] places = new long[weights.size()];
        double[] remainders = new double[weights.size()];
        long left = all;
        for (int source = 0; source < places.length; source++) {
            double part = all * (weights.get(source) / sum);
            places[source] = (long) part;
            remainders[source] = part - places[source];
            left -= places[source];
        }
        for (; left > 0; left--) {
            int largest = 0;
            for (int source = 1; source < places.length; source++) {
                largest = remainders[source] > remainders[largest] ? source : largest;
            }
            places[largest]++;
            remainders[largest] = -1;
        }
        for (int source = 0; source < places.length; source++) {
            if (places[source] == 0) {
                throw new IOException("the weight " + weights.get(source) + " of "
                        + sources.get(source).describe() + " gives it none of the " + all + " samples of an epoch");
            }
        }
        return places;
    }

    /** Sources with weights have no order in which they are stored. */
    @Override
    public Pass open(long epoch, SampleOrder order, SkipLog skipped) throws IOException {
        throw new IOException("sources with weights are read in an order over all samples only");
    }

    @Override
    public Optional<NumberedSamples> numbered(long epoch, SampleOrder order) throws IOException {
        List<NumberedSamples> parts = new ArrayList<>();
        for (SampleSource source : sources) {
            NumberedSamples part = source.numbered(0, order)
                    .orElseThrow(() -> new IOException(source.describe() + " cannot be read in any order"));
            if (part.count() == 0) {
                throw new IOException("No usable sample in " + source.describe());
            }
            parts.add(part);
        }
        return Optional.of(new Mixture(parts, places(countSamples()), epoch, order));
    }

    @Override
    public long countSamples() throws IOException {
        long samples = 0;
        for (SampleSource source : sources) {
            samples += source.countSamples();
        }
        return samples;
    }

    @Override
    public SkipCounts leftOut() {
        return sources.stream().map(SampleSource::leftOut).reduce(SkipCounts.NONE, SkipCounts::plus);
    }

    @Override
    public String describe() {
        StringJoiner all = new StringJoiner("; ");
        for (int source = 0; source < sources.size(); source++) {
            all.add(sources.get(source).describe() + ", weight " + weights.get(source));
        }
        return all.toString();
    }

    @Override
    public Optional<String> fingerprint() throws IOException {
        StringBuilder all = new StringBuilder();
        for (int source = 0; source < sources.size(); source++) {
            all.append(sources.get(source).fingerprint().orElse("unknown"))
                    .append(' ')
                    .append(weights.get(source))
                    .append('\n');
        }
        return Optional.of(DigestUtils.sha256Hex(all.toString()));
    }

    /** An epoch: numbers below the places of the first source are its samples, and so on. */
    private static final class Mixture implements NumberedSamples {
        private final List<NumberedSamples> parts;
        private final long[] places;

        /** The first number of each source, and in the end the count. */
        private final long[] firsts;

        private final long epoch;
        private final SampleOrder order;

        Mixture(List<NumberedSamples> parts, long[] places, long epoch, SampleOrder order) {
            this.parts = parts;
            this.places = places;
            this.firsts = new long[places.length + 1];
            for (int source = 0; source < places.length; source++) {
                firsts[source + 1] = firsts[source] + places[source];
            }
            this.epoch = epoch;
            this.order = order;
        }

        @Override
        public long count() {
            return firsts[places.length];
        }

        @Override
        public @Nullable ImageTextSample read(long number, SkipLog skipped) throws IOException {
            int found = Arrays.binarySearch(firsts, number);
            int source = found < 0 ? -found - 2 : found;
            NumberedSamples part = parts.get(source);
            // the how manieth sample of this source it is since the beginning of the run
            long drawn = epoch * places[source] + number - firsts[source];
            long pass = drawn / part.count();
            long sample = order.permutationOf(source, part.count(), pass).at(drawn % part.count());
            return part.read(sample, skipped);
        }
    }
}
