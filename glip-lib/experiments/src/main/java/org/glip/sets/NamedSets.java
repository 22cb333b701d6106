package org.glip.sets;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.glip.files.Json;
import org.glip.files.JsonException;
import org.glip.files.JsonFields;
import org.glip.files.Resources;
import org.glip.text.PromptTemplates;

/** The table of sets in {@value #RESOURCE}, which {@code data-scripts/make-zero-shot-sets.py} makes. */
final class NamedSets {
    private static final String RESOURCE = "zero-shot-sets.json";
    private static final String VTAB = "vtab/";

    private final JsonObject table;

    private NamedSets(JsonObject table) {
        this.table = table;
    }

    static NamedSets load() {
        try {
            JsonFields resource = Json.parse(Resources.text(NamedSets.class, RESOURCE), RESOURCE);
            return new NamedSets(resource.object("sets").raw());
        } catch (JsonException e) {
            throw new IllegalStateException("the jar was built incompletely: " + e.getMessage(), e);
        }
    }

    /**
     * CLIP_benchmark's name without the prefix {@code vtab/}; the class names of VTAB's Caltech-101 have an entry of
     * their own.
     */
    static String plain(String name) {
        return name.equals(VTAB + "caltech101")
                ? "caltech101_vtab"
                : name.startsWith(VTAB) ? name.substring(VTAB.length()) : name;
    }

    Set<String> names() {
        return new TreeSet<>(table.keySet());
    }

    ZeroShotSet get(String name) {
        String plain = plain(name);
        JsonObject entry = table.getAsJsonObject(plain);
        if (entry == null) {
            throw new IllegalArgumentException(
                    "there are no class names for a set '" + name + "'; known are " + String.join(", ", names()));
        }
        PromptTemplates templates = entry.has("templates")
                ? new PromptTemplates(texts(entry, "templates"))
                : PromptTemplates.openAiImageNet();
        if (entry.has("partOf")) {
            return part(plain, entry, get(entry.get("partOf").getAsString()), templates);
        }
        return new ZeroShotSet(plain, texts(entry, "classes"), templates, texts(entry, "folders"));
    }

    /** A set with some classes of another, which its folders name; all of them where it names none. */
    private static ZeroShotSet part(String name, JsonObject entry, ZeroShotSet whole, PromptTemplates templates) {
        if (!entry.has("folders")) {
            return new ZeroShotSet(name, whole.classNames(), templates, whole.folders());
        }
        Map<String, String> classOfFolder = new HashMap<>();
        for (int number = 0; number < whole.folders().size(); number++) {
            classOfFolder.put(whole.folders().get(number), whole.classNames().get(number));
        }
        List<String> folders = texts(entry, "folders");
        return new ZeroShotSet(name, folders.stream().map(classOfFolder::get).toList(), templates, folders);
    }

    private static List<String> texts(JsonObject entry, String field) {
        return entry.has(field)
                ? entry.getAsJsonArray(field).asList().stream()
                        .map(JsonElement::getAsString)
                        .toList()
                : List.of();
    }
}
