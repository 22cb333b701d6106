package org.glip.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/** Pictures that lie in files of their own, listed beforehand with what is known about each. */
final class ListedSource implements SampleSource {
    private final List<ListedSample> samples;
    private final String description;

    /**
     * @param samples in the order in which they count
     * @param description what and where they are, for {@link #describe}
     * @throws IllegalArgumentException if there is no sample
     */
    public ListedSource(List<ListedSample> samples, String description) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("there are no " + description);
        }
        this.samples = List.copyOf(samples);
        this.description = description;
    }

    @Override
    public SampleSource.Pass open(long epoch, SampleOrder order, SkipLog skipped) {
        return new ListStream(
                order.indices(samples.size(), epoch),
                index -> samples.get(index).load(skipped));
    }

    @Override
    public Optional<NumberedSamples> numbered(long epoch, SampleOrder order) {
        return Optional.of(NumberedSamples.of(
                samples.size(), (sample, skipped) -> samples.get(sample).load(skipped)));
    }

    /** Counts the samples, those whose file has disappeared since included. */
    @Override
    public long countSamples() {
        return samples.size();
    }

    /** Of what is known about each sample, without the folder that its picture lies in. */
    @Override
    public Optional<String> fingerprint() {
        MessageDigest digest = DigestUtils.getSha256Digest();
        for (ListedSample sample : samples) {
            String row = sample.key() + '\t' + sample.caption() + '\t' + sample.metadata() + '\n';
            digest.update(row.getBytes(StandardCharsets.UTF_8));
        }
        return Optional.of(Hex.encodeHexString(digest.digest()));
    }

    @Override
    public String describe() {
        return samples.size() + " " + description;
    }
}
