package org.glip.data;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.glip.data.ShardIndex.Shard;
import org.glip.files.AtomicFile;
import org.glip.files.Json;
import org.glip.files.JsonFields;

/**
 * The file of a {@link ShardIndex}. Numbers are big-endian:
 *
 * <ol>
 *   <li>8 bytes {@code GLIPIDX1}, of which the last is the version;
 *   <li>the number of bytes of the next part, 4 bytes, and a JSON object: {@code text} says what the captions are,
 *       {@code shards} lists file, bytes, modified, samples, skipped and obstacle of each;
 *   <li>for each sample of all shards in their order, 4 bytes for its first record of 512 bytes, unsigned, and 4 for
 *       the number of its records;
 *   <li>the SHA-256 of all that, 32 bytes.
 * </ol>
 *
 * Nothing is taken from it before sizes and checksum fit.
 */
final class ShardIndexFile {
    private static final byte[] MAGIC = "GLIPIDX1".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGEST_BYTES = 32;
    private static final int SAMPLE_BYTES = 2 * Integer.BYTES;
    private static final int BUFFER_BYTES = 1 << 16;

    private ShardIndexFile() {}

    /** Writes an index; the file appears whole or not at all. */
    static void write(Path file, String text, ShardIndex index) throws IOException {
        AtomicFile.write(file, channel -> {
            MessageDigest digest = DigestUtils.getSha256Digest();
            OutputStream plain = Channels.newOutputStream(channel);
            DataOutputStream out = new DataOutputStream(
                    new BufferedOutputStream(new DigestOutputStream(plain, digest), BUFFER_BYTES));
            byte[] header = header(text, index).getBytes(StandardCharsets.UTF_8);
            out.write(MAGIC);
            out.writeInt(header.length);
            out.write(header);
            for (int sample = 0; sample < index.samples(); sample++) {
                out.writeInt(index.start(sample));
                out.writeInt(index.length(sample));
            }
            out.flush();
            plain.write(digest.digest());
        });
    }

    private static String header(String text, ShardIndex index) {
        JsonArray shards = new JsonArray();
        for (Shard shard : index.shards()) {
            JsonObject json = new JsonObject();
            json.addProperty("file", shard.file());
            json.addProperty("bytes", shard.bytes());
            json.addProperty("modified", shard.modified());
            json.addProperty("samples", shard.samples());
            json.add("skipped", shard.skipped().toJson());
            json.addProperty("obstacle", shard.obstacle());
            shards.add(json);
        }
        JsonObject header = new JsonObject();
        header.addProperty("text", text);
        header.add("shards", shards);
        return new Gson().toJson(header);
    }

    /**
     * Reads an index.
     *
     * @param text what the captions must be
     * @throws IOException if it is damaged, or of another format or other captions; the message says which
     */
    static ShardIndex read(Path file, String text) throws IOException {
        long bytes = Files.size(file);
        MessageDigest digest = DigestUtils.getSha256Digest();
        try (BufferedInputStream plain = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
            DataInputStream in = new DataInputStream(new DigestInputStream(plain, digest));
            require(Arrays.equals(in.readNBytes(MAGIC.length), MAGIC), file, "it is no index of this version");
            require(bytes > MAGIC.length + Integer.BYTES + DIGEST_BYTES, file, "it is too short");
            int headerBytes = in.readInt();
            long rest = bytes - MAGIC.length - Integer.BYTES - DIGEST_BYTES - headerBytes;
            require(headerBytes >= 0 && rest >= 0 && rest % SAMPLE_BYTES == 0, file, "its sizes do not fit");
            byte[] header = in.readNBytes(headerBytes);
            int samples = Math.toIntExact(rest / SAMPLE_BYTES);
            int[] starts = new int[samples];
            int[] lengths = new int[samples];
            for (int sample = 0; sample < samples; ) {
                int piece = Math.min(samples - sample, BUFFER_BYTES / SAMPLE_BYTES);
                ByteBuffer numbers = ByteBuffer.wrap(in.readNBytes(piece * SAMPLE_BYTES));
                require(numbers.capacity() == piece * SAMPLE_BYTES, file, "it changes while it is read");
                for (; numbers.hasRemaining(); sample++) {
                    starts[sample] = numbers.getInt();
                    lengths[sample] = numbers.getInt();
                }
            }
            byte[] computed = digest.digest();
            require(Arrays.equals(plain.readNBytes(DIGEST_BYTES), computed), file, "its checksum does not fit");
            JsonFields fields = Json.parse(new String(header, StandardCharsets.UTF_8), file.toString());
            require(fields.text("text").equals(text), file, "it is of other captions");
            ShardIndex index = new ShardIndex(shards(fields), starts, lengths);
            requireWithin(index, file, samples);
            return index;
        }
    }

    private static List<Shard> shards(JsonFields fields) throws IOException {
        List<Shard> shards = new ArrayList<>();
        for (JsonFields shard : fields.objects("shards")) {
            shards.add(new Shard(
                    shard.text("file"),
                    shard.whole("bytes"),
                    shard.whole("modified"),
                    shard.integer("samples"),
                    SkipCounts.read(shard.object("skipped")),
                    shard.text("obstacle")));
        }
        return shards;
    }

    /** No number of the file leads beyond the shards. */
    private static void requireWithin(ShardIndex index, Path file, int samples) throws IOException {
        boolean positive = index.shards().stream().allMatch(shard -> shard.samples() >= 0);
        require(positive && index.samples() == samples, file, "its numbers of samples do not fit");
        int sample = 0;
        for (Shard shard : index.shards()) {
            for (int end = sample + shard.samples(); sample < end; sample++) {
                long stop = Integer.toUnsignedLong(index.start(sample)) + index.length(sample);
                boolean within = index.length(sample) >= 0
                        && index.length(sample) <= ShardIndex.MOST_RECORDS
                        && (stop - 1) * ShardIndex.RECORD < Math.max(1, shard.bytes());
                require(within, file, "a sample lies outside its shard");
            }
        }
    }

    private static void require(boolean holds, Path file, String otherwise) throws IOException {
        if (!holds) {
            throw new IOException("index " + file + " cannot be used: " + otherwise);
        }
    }
}
