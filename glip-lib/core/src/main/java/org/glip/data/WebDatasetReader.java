package org.glip.data;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.glip.data.SkipLog.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Reads one webdataset shard: a tar file, plain or gzip-compressed, in which the neighbouring members {@code KEY.jpg},
 * {@code KEY.txt} and {@code KEY.json} make a sample. Nothing is ever written to disk.
 *
 * <p>As in the webdataset library, a key reaches to the first dot after the last slash, what follows is the kind of the
 * member in any letter case, and members without a dot, beginning with a dot, or named {@code __like this__} belong to
 * no sample. The picture is the first present of jpg, png, jpeg, webp, gif. The caption is the txt member, or the
 * string {@code "caption"} of the json member where there is no txt. Other members are ignored.
 *
 * <p>A sample without picture or caption, with an empty caption, a caption that is not UTF-8, a json member that is no
 * JSON object, two members of one name or a member over 256 MiB is left out and counted. A shard that is missing,
 * truncated, damaged or not a tar file is an {@link IOException} that names it, from the constructor or, as the cause
 * of an {@link UncheckedIOException}, from {@code hasNext} and {@code next}.
 */
final class WebDatasetReader implements SampleSource.Pass {
    private static final List<String> IMAGE_KINDS = List.of("jpg", "png", "jpeg", "webp", "gif");
    private static final String METADATA_KIND = "json";
    private static final byte[] NOT_READ = new byte[0];

    private final String shardName;
    private final ShardTar tar;
    private final SkipLog skipped;
    private final SampleText text;
    private final boolean readImages;
    private @Nullable TarArchiveEntry member;
    private @Nullable MemberName memberName;
    private @Nullable ImageTextSample upcoming;

    /**
     * Opens a shard.
     *
     * @param shard the tar file
     * @param skipped counts the samples that are left out
     * @throws IOException if the shard is missing or its beginning cannot be read as tar
     */
    public WebDatasetReader(Path shard, SkipLog skipped) throws IOException {
        this(shard, skipped, SampleText.caption(), true);
    }

    WebDatasetReader(Path shard, SkipLog skipped, SampleText text) throws IOException {
        this(shard, skipped, text, true);
    }

    private WebDatasetReader(Path shard, SkipLog skipped, SampleText text, boolean readImages) throws IOException {
        this.shardName = shard.toString();
        this.skipped = skipped;
        this.text = text;
        this.readImages = readImages;
        this.tar = new ShardTar(shard);
        try {
            nextMember();
        } catch (IOException e) {
            tar.close();
            throw e;
        }
    }

    /** Counts the samples that a reader of this shard will return. The pictures are passed over, not read. */
    static long countSamples(Path shard, SampleText text) throws IOException {
        try (WebDatasetReader reader = new WebDatasetReader(shard, new SkipLog(0), text, false)) {
            long samples = 0;
            while (reader.nextSample() != null) {
                samples++;
            }
            return samples;
        }
    }

    @Override
    public boolean hasNext() {
        if (upcoming == null) {
            try {
                upcoming = nextSample();
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }
        return upcoming != null;
    }

    @Override
    public ImageTextSample next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more samples in " + shardName);
        }
        ImageTextSample sample = upcoming;
        upcoming = null;
        return sample;
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    private @Nullable ImageTextSample nextSample() throws IOException {
        while (memberName != null) {
            ImageTextSample sample = readGroup(memberName.key());
            if (sample != null) {
                return sample;
            }
        }
        return null;
    }

    /** Goes to the next member that belongs to a sample. */
    private void nextMember() throws IOException {
        do {
            member = tar.next();
            memberName = member == null ? null : MemberName.parse(member.getName());
        } while (member != null && memberName == null);
    }

    /** Reads the members of one key; returns null if they make no sample. */
    private @Nullable ImageTextSample readGroup(String key) throws IOException {
        Map<String, byte[]> parts = new HashMap<>();
        Reason fault = null;
        String detail = "";
        while (memberName != null && memberName.key().equals(key)) {
            String kind = memberName.kind();
            boolean image = IMAGE_KINDS.contains(kind);
            if (image || kind.equals(METADATA_KIND) || text.kinds().contains(kind)) {
                if (member.getSize() > ImageTextSample.MAX_FILE_BYTES) {
                    fault = Reason.TOO_LARGE;
                    detail = member.getSize() + " bytes in ." + kind;
                } else if (parts.put(kind, image && !readImages ? NOT_READ : tar.read(member)) != null) {
                    fault = Reason.DUPLICATE_MEMBER;
                    detail = "." + kind;
                }
            }
            nextMember();
        }
        if (fault != null) {
            return leaveOut(fault, key, detail);
        }
        return toSample(key, parts);
    }

    private @Nullable ImageTextSample toSample(String key, Map<String, byte[]> parts) throws IOException {
        String kind =
                IMAGE_KINDS.stream().filter(parts::containsKey).findFirst().orElse(null);
        if (kind == null) {
            return leaveOut(Reason.NO_IMAGE, key, "");
        }
        JsonObject metadata;
        try {
            metadata = parts.containsKey(METADATA_KIND) ? parseObject(parts.get(METADATA_KIND)) : new JsonObject();
        } catch (CharacterCodingException | JsonParseException | IllegalStateException e) {
            return leaveOut(Reason.BAD_METADATA, key, String.valueOf(e.getMessage()));
        }
        String caption;
        try {
            caption = text.caption(parts, metadata, origin(key));
        } catch (CharacterCodingException e) {
            return leaveOut(Reason.CAPTION_NOT_UTF8, key, "");
        }
        if (caption == null) {
            return leaveOut(Reason.NO_CAPTION, key, "");
        }
        caption = caption.strip();
        if (caption.isEmpty()) {
            return leaveOut(Reason.EMPTY_CAPTION, key, "");
        }
        return new ImageTextSample(key, parts.get(kind), caption, metadata, origin(key));
    }

    private static JsonObject parseObject(byte[] bytes) throws CharacterCodingException {
        return JsonParser.parseString(SampleText.decodeUtf8(bytes)).getAsJsonObject();
    }

    private @Nullable ImageTextSample leaveOut(Reason reason, String key, String detail) {
        skipped.skip(reason, origin(key), detail);
        return null;
    }

    private String origin(String key) {
        return shardName + "!" + key;
    }
}
