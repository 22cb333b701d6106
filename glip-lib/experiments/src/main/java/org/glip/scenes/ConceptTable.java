package org.glip.scenes;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The concepts of {@code emojibase-data}, by code points, and which code points are a concept in another skin tone. */
final class ConceptTable {
    private static final String DATA = "package/en/data.json";
    private static final String MESSAGES = "package/en/messages.json";
    private static final String UNICODE_NAMES = "package/meta/unicode-names.json";
    private static final String SHORTCODES = "package/en/shortcodes/";
    /** Skin tones and hair styles alone: swatches, not pictures of anything. */
    private static final String COMPONENTS = "components";

    private final Map<String, Concept> concepts = new LinkedHashMap<>();
    private final Map<String, String> tones = new HashMap<>();
    private final ConceptNames names = new ConceptNames();

    private ConceptTable() {}

    /**
     * Reads the package.
     *
     * @throws IOException naming the archive, if a part is missing or not as expected
     */
    static ConceptTable read(Path archive) throws IOException {
        Map<String, JsonElement> files = new HashMap<>();
        ArchiveReader.readGzip(archive, ConceptTable::isNeeded, (name, content) -> {
            files.put(name, Json.parse(content, archive + "!" + name));
        });
        for (String needed : List.of(DATA, MESSAGES, UNICODE_NAMES)) {
            if (!files.containsKey(needed)) {
                throw new IOException(archive + " has no member " + needed);
            }
        }
        ConceptTable table = new ConceptTable();
        try {
            table.addConcepts(
                    files.get(DATA).getAsJsonArray(), files.get(MESSAGES).getAsJsonObject());
            table.addNames(files);
        } catch (RuntimeException e) {
            // what gson throws where a member is absent or of another kind
            throw new IOException(archive + ": the emoji data are not laid out as expected: " + e, e);
        }
        return table;
    }

    private static boolean isNeeded(String name) {
        return name.equals(DATA)
                || name.equals(MESSAGES)
                || name.equals(UNICODE_NAMES)
                || (name.startsWith(SHORTCODES) && name.endsWith(".json"));
    }

    private void addConcepts(JsonArray data, JsonObject messages) {
        Map<Integer, String> groups = byOrder(messages.getAsJsonArray("groups"));
        Map<Integer, String> subgroups = byOrder(messages.getAsJsonArray("subgroups"));
        for (JsonElement element : data) {
            JsonObject emoji = element.getAsJsonObject();
            if (!emoji.has("group")) {
                continue; // regional indicators, which are letters
            }
            String group = groups.get(emoji.get("group").getAsInt());
            if (group.equals(COMPONENTS)) {
                continue;
            }
            String id = id(emoji.get("hexcode").getAsString());
            String subgroup = subgroups.get(emoji.get("subgroup").getAsInt());
            List<String> tags = emoji.has("tags") ? Json.strings(emoji.getAsJsonArray("tags")) : List.of();
            concepts.put(id, new Concept(id, emoji.get("label").getAsString(), tags, subgroup, group));
            if (emoji.has("skins")) {
                for (JsonElement skin : emoji.getAsJsonArray("skins")) {
                    JsonObject toned = skin.getAsJsonObject();
                    tones.put(
                            id(toned.get("hexcode").getAsString()),
                            toned.get("label").getAsString());
                }
            }
        }
    }

    private static Map<Integer, String> byOrder(JsonArray messages) {
        Map<Integer, String> byOrder = new HashMap<>();
        for (JsonElement message : messages) {
            JsonObject object = message.getAsJsonObject();
            byOrder.put(object.get("order").getAsInt(), object.get("message").getAsString());
        }
        return byOrder;
    }

    private void addNames(Map<String, JsonElement> files) {
        concepts.values().forEach(concept -> names.addLabel(concept.label(), concept.id()));
        tones.forEach((id, label) -> names.addLabel(label, id));
        files.get(UNICODE_NAMES)
                .getAsJsonObject()
                .entrySet()
                .forEach(entry -> addName(ConceptNames.Tier.UNICODE_NAME, entry.getKey(), entry.getValue()));
        files.forEach((file, json) -> {
            if (file.startsWith(SHORTCODES)) {
                json.getAsJsonObject()
                        .entrySet()
                        .forEach(entry -> addName(ConceptNames.Tier.SHORTCODE, entry.getKey(), entry.getValue()));
            }
        });
    }

    private void addName(ConceptNames.Tier tier, String codePoints, JsonElement nameOrNames) {
        String id = id(codePoints);
        if (isConcept(id) || isOtherTone(id)) {
            List<String> all = nameOrNames.isJsonArray()
                    ? Json.strings(nameOrNames.getAsJsonArray())
                    : List.of(nameOrNames.getAsString());
            all.forEach(name -> names.add(tier, name, id));
        }
    }

    /** Code points as the sources write them, in any letter case and with or without U+FE0F, as a concept's id. */
    static String id(String codePoints) {
        return Arrays.stream(codePoints.toUpperCase(Locale.ROOT).split("-"))
                .filter(point -> !point.equals("FE0F"))
                .collect(Collectors.joining("-"));
    }

    /** The concept with this id; null if there is none, or only as another skin tone. */
    @Nullable
    Concept concept(String id) {
        return concepts.get(id);
    }

    boolean isConcept(String id) {
        return concepts.containsKey(id);
    }

    /** Whether these code points are a concept in a skin tone other than the default. */
    boolean isOtherTone(String id) {
        return tones.containsKey(id);
    }

    /** Names to code points. */
    ConceptNames names() {
        return names;
    }

    /** All concepts, in the order of Unicode's list. */
    List<Concept> concepts() {
        return new ArrayList<>(concepts.values());
    }
}
