package org.glip.data;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.glip.data.SkipLog.Reason;
import org.jspecify.annotations.Nullable;

/** The members of one sample in a shard, and what is made of them. */
final class SampleMembers {
    static final String METADATA_KIND = "json";
    private static final List<String> IMAGE_KINDS = List.of("jpg", "png", "jpeg", "webp", "gif");
    private static final int NAMED_KINDS = 8;

    private final String key;
    private final SampleText text;
    private final Set<String> kinds = new LinkedHashSet<>();
    private final Map<String, byte[]> parts = new HashMap<>();
    private final Map<String, Fault> faults = new HashMap<>();

    /**
     * Why a member, or the sample, cannot be used.
     *
     * @param detail in words; empty where the reason says all
     */
    record Fault(Reason reason, String detail) {}

    /** A sample, or why it is none; one of the two is there. */
    record Outcome(
            @Nullable ImageTextSample sample, @Nullable Fault fault) {}

    SampleMembers(String key, SampleText text) {
        this.key = key;
        this.text = text;
    }

    String key() {
        return key;
    }

    /** Whether a member of this kind would be the second one. */
    boolean has(String kind) {
        return kinds.contains(kind);
    }

    /** Notes that there is such a member; returns whether its content may be needed. */
    boolean note(String kind) {
        kinds.add(kind);
        return isImage(kind) || kind.equals(METADATA_KIND) || text.kinds().contains(kind);
    }

    static boolean isImage(String kind) {
        return IMAGE_KINDS.contains(kind);
    }

    void put(String kind, byte[] content) {
        parts.put(kind, content);
    }

    /** Notes that a member cannot be read. It matters only if it is needed. */
    void putFault(String kind, Reason reason, String detail) {
        faults.put(kind, new Fault(reason, detail));
    }

    /**
     * Puts the sample together.
     *
     * @param origin the sample, for messages
     * @throws IOException if this is not a shard of samples with such a text
     */
    Outcome sample(String origin) throws IOException {
        String image =
                IMAGE_KINDS.stream().filter(parts::containsKey).findFirst().orElse(null);
        if (image == null) {
            return missing(IMAGE_KINDS, Reason.NO_IMAGE, "a picture is .jpg, .png, .jpeg, .webp or .gif");
        }
        JsonObject metadata = metadata();
        String caption;
        try {
            caption = text.caption(parts, metadata, origin);
        } catch (CharacterCodingException e) {
            return fault(Reason.CAPTION_NOT_UTF8, "that of ." + String.join(", .", text.kinds()));
        }
        if (caption == null) {
            List<String> wanted = Stream.concat(text.kinds().stream(), Stream.of(METADATA_KIND))
                    .toList();
            return missing(wanted, Reason.NO_CAPTION, text.expected());
        }
        caption = caption.strip();
        if (caption.isEmpty()) {
            return fault(Reason.EMPTY_CAPTION, "");
        }
        return new Outcome(new ImageTextSample(key, parts.get(image), caption, metadata, origin), null);
    }

    /** The json member; where it is no object, nothing, since most samples need nothing of it. */
    private JsonObject metadata() {
        byte[] json = parts.get(METADATA_KIND);
        if (json == null) {
            return new JsonObject();
        }
        try {
            return JsonParser.parseString(SampleText.decodeUtf8(json)).getAsJsonObject();
        } catch (CharacterCodingException | JsonParseException | IllegalStateException e) {
            putFault(METADATA_KIND, Reason.BAD_METADATA, String.valueOf(e.getMessage()));
            return new JsonObject();
        }
    }

    private Outcome missing(List<String> wanted, Reason reason, String expected) {
        for (String kind : wanted) {
            if (faults.containsKey(kind)) {
                return new Outcome(null, faults.get(kind));
            }
        }
        String seen = kinds.stream().limit(NAMED_KINDS).map(kind -> "." + kind).collect(Collectors.joining(", "));
        return fault(
                reason,
                "it has " + seen + (kinds.size() > NAMED_KINDS ? ", ..." : "") + "; " + expected + dots(wanted));
    }

    /** Where a wanted kind is there but for a dot in the name of the sample: {@code photo.1.jpg}. */
    private String dots(List<String> wanted) {
        boolean dotted = kinds.stream().anyMatch(kind -> wanted.stream().anyMatch(one -> kind.endsWith("." + one)));
        return dotted ? "; the name of a sample ends at its first dot, as in webdataset" : "";
    }

    private static Outcome fault(Reason reason, String detail) {
        return new Outcome(null, new Fault(reason, detail));
    }
}
