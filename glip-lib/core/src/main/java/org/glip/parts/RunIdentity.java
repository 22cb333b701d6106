package org.glip.parts;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.glip.files.JsonFields;

/**
 * What decides on every bit that a run computes: versions, configuration, digests of model and data. Parts of one run
 * have the same.
 *
 * @param settings by name, in the order in which differences are told
 */
public record RunIdentity(Map<String, String> settings) {
    /** Copies the settings. */
    public RunIdentity {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * Returns how another run differs.
     *
     * @param here what this one is called, such as {@code here}
     * @param other the other run
     * @param there what that one is called
     * @return such as {@code precision is fp32 here and bf16 in b.part-1-of-2}; empty if they are the same
     */
    public List<String> differences(String here, RunIdentity other, String there) {
        List<String> found = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>(settings.keySet());
        names.addAll(other.settings.keySet());
        for (String name : names) {
            String mine = settings.get(name);
            String theirs = other.settings.get(name);
            if (!Objects.equals(mine, theirs)) {
                found.add(name + " is " + Objects.requireNonNullElse(mine, "not set") + " " + here + " and "
                        + Objects.requireNonNullElse(theirs, "not set") + " " + there);
            }
        }
        return found;
    }

    /** {@return the settings as JSON; {@link #read} reads it} */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        settings.forEach(json::addProperty);
        return json;
    }

    /**
     * Reads what {@link #toJson} gave.
     *
     * @param json the object
     * @return the identity
     * @throws IOException if a setting is no text
     */
    public static RunIdentity read(JsonFields json) throws IOException {
        return new RunIdentity(json.allTexts());
    }
}
