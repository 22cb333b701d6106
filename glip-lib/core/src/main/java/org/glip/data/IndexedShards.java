package org.glip.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.glip.data.ShardIndex.Shard;
import org.glip.data.SkipLog.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Webdataset shards with an index: how many samples they have is known, and each can be read by its number, where the
 * shards are plain tar files. The index is made once, and kept beside the first shard, or where that folder cannot be
 * written in a cache folder. Where names, sizes or times of the shards are not those of the index any more, it is made
 * anew.
 *
 * <p>Passes from shard to shard are those of the shards without an index.
 */
final class IndexedShards implements SampleSource {
    private static final Logger LOG = LoggerFactory.getLogger(IndexedShards.class);
    private static final String ENDING = ".glip-index";
    private static final int NAME_DIGITS = 16;

    private final WebDatasetSource source;
    private final ShardIndex index;

    private IndexedShards(WebDatasetSource source, ShardIndex index) {
        this.source = source;
        this.index = index;
    }

    /**
     * Reads the index of shards, or makes it.
     *
     * @param cache folder for the index where that of the shards cannot be written; it need not exist
     * @param progress told while it is made
     * @throws IOException if a shard cannot be read, or the thread is interrupted
     */
    static IndexedShards open(WebDatasetSource source, Path cache, IndexProgress progress) throws IOException {
        Place place = Place.of(source, cache);
        ShardIndex known = place.read();
        if (known != null) {
            return new IndexedShards(source, known);
        }
        ShardIndex made = ShardIndexBuilder.build(source.shards(), place.folder, source.text(), progress);
        keep(made, source.text().name(), place.beside, place.cached);
        return new IndexedShards(source, made);
    }

    /**
     * Reads the index of shards where there is one already.
     *
     * @throws IOException if a shard cannot be looked at, or the thread is interrupted
     */
    static Optional<SampleSource> known(WebDatasetSource source, Path cache) throws IOException {
        return Optional.ofNullable(Place.of(source, cache).read()).map(index -> new IndexedShards(source, index));
    }

    /** Where the index of shards may lie, and how these are now. */
    private record Place(Path folder, Path beside, Path cached, String text, List<Shard> states) {
        static Place of(WebDatasetSource source, Path cache) throws IOException {
            Path folder = source.shards().get(0).toAbsolutePath().normalize().getParent();
            List<Shard> states = new ArrayList<>();
            for (Path shard : source.shards()) {
                states.add(ShardIndexBuilder.state(shard, folder));
            }
            StringBuilder names = new StringBuilder(source.text().name());
            states.forEach(shard -> names.append('\n').append(shard.file()));
            Path beside = folder.resolve(name(names.toString()));
            Path cached = cache.resolve(name(folder + "\n" + names));
            return new Place(folder, beside, cached, source.text().name(), states);
        }

        @Nullable
        ShardIndex read() throws IOException {
            for (Path file : List.of(beside, cached)) {
                ShardIndex known = IndexedShards.read(file, text, states);
                if (known != null) {
                    return known;
                }
            }
            return null;
        }
    }

    private static String name(String of) {
        return DigestUtils.sha256Hex(of.getBytes(StandardCharsets.UTF_8)).substring(0, NAME_DIGITS) + ENDING;
    }

    /** The index in a file; null if there is none, or it is not of the shards as they are. */
    private static @Nullable ShardIndex read(Path file, String text, List<Shard> states) throws IOException {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        ShardIndex index;
        try {
            index = ShardIndexFile.read(file, text);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            LOG.warn("{}; it is made anew", e.getMessage());
            return null;
        }
        for (int shard = 0; shard < states.size(); shard++) {
            if (index.shards().size() != states.size() || !isSame(index.shards().get(shard), states.get(shard))) {
                LOG.warn(
                        "{} has changed since its index was made; it is made anew",
                        states.get(shard).file());
                return null;
            }
        }
        return index;
    }

    private static boolean isSame(Shard known, Shard now) {
        return known.file().equals(now.file()) && known.bytes() == now.bytes() && known.modified() == now.modified();
    }

    private static void keep(ShardIndex index, String text, Path beside, Path cached) throws IOException {
        try {
            ShardIndexFile.write(beside, text, index);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            try {
                ShardIndexFile.write(cached, text, index);
            } catch (ClosedByInterruptException interrupted) {
                throw interrupted;
            } catch (IOException alsoFailed) {
                LOG.warn("the index cannot be kept, neither in {} nor in {}: {}", beside, cached, alsoFailed);
            }
        }
    }

    @Override
    public SkipCounts leftOut() {
        return index.skipped();
    }

    @Override
    public Pass open(long epoch, SampleOrder order, SkipLog skipped) {
        return source.open(epoch, order, skipped);
    }

    /**
     * The samples by number. Shards that are compressed, or hold links or huge samples, have them not.
     *
     * @throws IOException if there is such a shard and the order needs them; the message names it
     */
    @Override
    public Optional<NumberedSamples> numbered(long epoch, SampleOrder order) throws IOException {
        for (int shard = 0; shard < index.shards().size(); shard++) {
            String obstacle = index.shards().get(shard).obstacle();
            if (!obstacle.isEmpty() && !order.isWhole()) {
                return Optional.empty();
            } else if (!obstacle.isEmpty()) {
                throw new IOException("the samples of shard " + source.shards().get(shard)
                        + " cannot be read in any order, since " + obstacle
                        + ", or shuffle the order of the shards and through a buffer");
            }
        }
        return Optional.of(NumberedSamples.of(index.samples(), this::read));
    }

    private @Nullable ImageTextSample read(int sample, SkipLog skipped) throws IOException {
        Path shard = source.shards().get(index.shardOf(sample));
        try {
            return WebDatasetReader.sample(shard, index.read(sample, shard), source.text());
        } catch (ClosedByInterruptException e) {
            throw new UncheckedIOException(e);
        } catch (DamagedShardException e) {
            skipped.skip(Reason.MISSING_FILE, shard + ", sample " + sample, String.valueOf(e.getMessage()));
            return null;
        }
    }

    @Override
    public long countSamples() {
        return index.samples();
    }

    @Override
    public String describe() {
        return source.describe();
    }

    /** Of names, sizes, and the place of each sample. */
    @Override
    public Optional<String> fingerprint() throws IOException {
        MessageDigest digest = DigestUtils.getSha256Digest();
        digest.update(source.fingerprint().orElse("").getBytes(StandardCharsets.UTF_8));
        byte[] numbers = new byte[2 * Integer.BYTES];
        for (int sample = 0; sample < index.samples(); sample++) {
            ByteBuffer.wrap(numbers).putInt(index.start(sample)).putInt(index.length(sample));
            digest.update(numbers);
        }
        for (Shard shard : index.shards()) {
            digest.update((byte) '\n');
            digest.update(Integer.toString(shard.samples()).getBytes(StandardCharsets.UTF_8));
        }
        return Optional.of(Hex.encodeHexString(digest.digest()));
    }
}
