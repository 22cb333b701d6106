package org.glip.data;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** Where the words of a shard's samples come from: one caption, several, or a class. */
interface SampleText {
    /** What tells this apart from other ways to find words in the same shards. */
    String name();

    /** What a sample without a caption lacks. */
    default String expected() {
        return "a caption is .txt, or \"caption\" in .json";
    }

    /** The kinds of members that hold them, besides {@code json}. */
    Set<String> kinds();

    /**
     * Reads them.
     *
     * @param parts the members of the sample by kind
     * @param metadata the content of the json member, empty if there is none; may be added to
     * @param origin the sample, for messages
     * @return the caption, perhaps blank; null if there is none
     * @throws CharacterCodingException if the text is not UTF-8; the sample is then left out
     * @throws IOException if this is not a shard of such samples
     */
    @Nullable
    String caption(Map<String, byte[]> parts, JsonObject metadata, String origin) throws IOException;

    /** The txt member, or the string {@code "caption"} of the json member where there is no txt. */
    static SampleText caption() {
        return new SampleText() {
            @Override
            public String name() {
                return "caption";
            }

            @Override
            public Set<String> kinds() {
                return Set.of("txt");
            }

            @Override
            public @Nullable String caption(Map<String, byte[]> parts, JsonObject metadata, String origin)
                    throws CharacterCodingException {
                if (parts.containsKey("txt")) {
                    return decodeUtf8(parts.get("txt"));
                }
                JsonElement caption = metadata.get("caption");
                boolean text = caption != null
                        && caption.isJsonPrimitive()
                        && caption.getAsJsonPrimitive().isString();
                // Python writes a missing value as NaN, without quotes
                return text && !caption.getAsString().equals("NaN") ? caption.getAsString() : null;
            }
        };
    }

    /**
     * A field of the json member: a text, or a list of texts, of which the first that is not blank counts here; the
     * metadata then list them all under {@value SampleMetadata#CAPTIONS}.
     */
    static SampleText field(String field) {
        return new SampleText() {
            @Override
            public String name() {
                return "field " + field;
            }

            @Override
            public String expected() {
                return "a caption is the text \"" + field + "\" in .json, or the first of a list of that name";
            }

            @Override
            public Set<String> kinds() {
                return Set.of();
            }

            @Override
            public @Nullable String caption(Map<String, byte[]> parts, JsonObject metadata, String origin) {
                List<String> texts = SampleMetadata.texts(metadata.get(field));
                if (texts.isEmpty()) {
                    return null;
                }
                SampleMetadata.putCaptions(metadata, texts);
                return texts.get(0);
            }
        };
    }

    /** The txt member with a caption a line; all of them go into the metadata as {@link SampleMetadata} says. */
    static SampleText captionLines() {
        return new SampleText() {
            @Override
            public String name() {
                return "caption lines";
            }

            @Override
            public Set<String> kinds() {
                return Set.of("txt");
            }

            @Override
            public @Nullable String caption(Map<String, byte[]> parts, JsonObject metadata, String origin)
                    throws CharacterCodingException {
                if (!parts.containsKey("txt")) {
                    return null;
                }
                List<String> lines = decodeUtf8(parts.get("txt"))
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
                SampleMetadata.putCaptions(metadata, lines);
                return lines.isEmpty() ? "" : lines.get(0);
            }
        };
    }

    /**
     * A label alone: that of the metadata, or the cls member where there is none, which also goes into the metadata by
     * its own name. A sample needs no caption then; the label takes its place, or the key of the sample.
     */
    static SampleText label() {
        return new SampleText() {
            @Override
            public String name() {
                return "label";
            }

            @Override
            public Set<String> kinds() {
                return Set.of(SampleMetadata.CLS);
            }

            @Override
            public String caption(Map<String, byte[]> parts, JsonObject metadata, String origin)
                    throws CharacterCodingException {
                byte[] member = parts.get(SampleMetadata.CLS);
                if (member != null) {
                    SampleMetadata.putLabel(metadata, decodeUtf8(member).strip());
                }
                String label = SampleMetadata.label(metadata);
                return label == null || label.isBlank() ? origin : label;
            }
        };
    }

    /**
     * The class of a sample; the caption is its name. The cls member holds its number from 0; where there is no such
     * member the metadata may hold the number, or the name.
     */
    static SampleText classNumber(List<String> classNames) {
        return new SampleText() {
            @Override
            public String name() {
                return "class " + DigestUtils.sha256Hex(String.join("\n", classNames));
            }

            @Override
            public Set<String> kinds() {
                return Set.of(SampleMetadata.CLS);
            }

            @Override
            public String caption(Map<String, byte[]> parts, JsonObject metadata, String origin) throws IOException {
                byte[] member = parts.get(SampleMetadata.CLS);
                String label = member == null
                        ? SampleMetadata.label(metadata)
                        : new String(member, StandardCharsets.ISO_8859_1).strip();
                if (label == null) {
                    throw new IOException("Sample " + origin + " has no .cls member with its class number");
                }
                int named = member == null ? classNames.indexOf(label) : -1;
                int number = named < 0 && label.matches("\\d{1,9}") ? Integer.parseInt(label) : named;
                if (number < 0 || number >= classNames.size()) {
                    throw new IOException("Sample " + origin + " is of class \"" + label + "\", but the "
                            + classNames.size() + " class names allow 0 to " + (classNames.size() - 1));
                }
                SampleMetadata.putClass(metadata, number, classNames);
                return classNames.get(number);
            }
        };
    }

    /**
     * Strict, unlike {@code new String}: a wrong encoding must not turn into replacement characters in the captions. A
     * byte-order mark is no part of the text.
     */
    static String decodeUtf8(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
