package org.glip.scenes;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.glip.files.Json;
import org.glip.files.JsonFields;
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
        JsonObject members = new JsonObject();
        ArchiveReader.readGzip(archive, ConceptTable::isNeeded, (name, content) -> {
            members.add(name, Json.element(new String(content, StandardCharsets.UTF_8), archive + "!" + name));
        });
        for (String needed : List.of(DATA, MESSAGES, UNICODE_NAMES)) {
            if (!members.has(needed)) {
                throw new IOException(archive + " has no member " + needed);
            }
        }
        JsonFields files = Json.of(members, archive.toString());
        ConceptTable table = new ConceptTable();
        table.addConcepts(files.objects(DATA), files.object(MESSAGES), archive);
        table.addNames(files);
        return table;
    }

    private static boolean isNeeded(String name) {
        return name.equals(DATA)
                || name.equals(MESSAGES)
                || name.equals(UNICODE_NAMES)
                || (name.startsWith(SHORTCODES) && name.endsWith(".json"));
    }

    private void addConcepts(List<JsonFields> data, JsonFields messages, Path archive) throws IOException {
        Map<Long, String> groups = byOrder(messages.objects("groups"));
        Map<Long, String> subgroups = byOrder(messages.objects("subgroups"));
        for (JsonFields emoji : data) {
            if (!emoji.has("group")) {
                continue; // regional indicators, which are letters
            }
            String group = message(groups, emoji.whole("group"), archive);
            if (group.equals(COMPONENTS)) {
                continue;
            }
            String id = id(emoji.text("hexcode"));
            String subgroup = message(subgroups, emoji.whole("subgroup"), archive);
            List<String> tags = emoji.has("tags") ? emoji.texts("tags") : List.of();
            concepts.put(id, new Concept(id, emoji.text("label"), tags, subgroup, group));
            if (emoji.has("skins")) {
                for (JsonFields toned : emoji.objects("skins")) {
                    tones.put(id(toned.text("hexcode")), toned.text("label"));
                }
            }
        }
    }

    private static Map<Long, String> byOrder(List<JsonFields> messages) throws IOException {
        Map<Long, String> byOrder = new HashMap<>();
        for (JsonFields message : messages) {
            byOrder.put(message.whole("order"), message.text("message"));
        }
        return byOrder;
    }

    private static String message(Map<Long, String> byOrder, long order, Path archive) throws IOException {
        String message = byOrder.get(order);
        if (message == null) {
            throw new IOException(archive + ": its " + MESSAGES + " has no group or subgroup of order " + order);
        }
        return message;
    }

    private void addNames(JsonFields files) throws IOException {
        concepts.values().forEach(concept -> names.addLabel(concept.label(), concept.id()));
        tones.forEach((id, label) -> names.addLabel(label, id));
        addNames(ConceptNames.Tier.UNICODE_NAME, files.object(UNICODE_NAMES));
        for (String file : files.names()) {
            if (file.startsWith(SHORTCODES)) {
                addNames(ConceptNames.Tier.SHORTCODE, files.object(file));
            }
        }
    }

    /** A code point has a name or a list of names. */
    private void addNames(ConceptNames.Tier tier, JsonFields namesByCodePoints) throws IOException {
        for (String codePoints : namesByCodePoints.names()) {
            String id = id(codePoints);
            if (isConcept(id) || isOtherTone(id)) {
                List<String> all = namesByCodePoints.raw().get(codePoints).isJsonArray()
                        ? namesByCodePoints.texts(codePoints)
                        : List.of(namesByCodePoints.text(codePoints));
                all.forEach(name -> names.add(tier, name, id));
            }
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
