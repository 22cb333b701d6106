package org.glip.scenes;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the code points that a name stands for. Some icon sets give no code points but names of their own making:
 * {@code love-letter}, {@code loveletter}, {@code flag-for-peru}, {@code baby-angel-2}.
 *
 * <p>Names are compared by letters and digits only. A name that stands for two different things within a tier stands
 * for nothing there; a label outweighs a character's Unicode name, and that a shortcode.
 */
final class ConceptNames {
    /** Where a name comes from, the most trusted first. */
    enum Tier {
        LABEL,
        UNICODE_NAME,
        SHORTCODE
    }

    private static final String AMBIGUOUS = "";

    private final Map<Tier, Map<String, String>> ids = new EnumMap<>(Tier.class);

    ConceptNames() {
        for (Tier tier : Tier.values()) {
            ids.put(tier, new HashMap<>());
        }
    }

    void addLabel(String label, String id) {
        add(Tier.LABEL, label, id);
    }

    void add(Tier tier, String name, String id) {
        String key = squash(name);
        if (!key.isEmpty()) {
            ids.get(tier).merge(key, id, (known, other) -> known.equals(other) ? known : AMBIGUOUS);
        }
    }

    /** The code points that an icon's name, or one of its aliases, stands for; null if none is known. */
    @Nullable
    String find(String name, List<String> aliases) {
        String id = find(name);
        for (int i = 0; id == null && i < aliases.size(); i++) {
            id = find(aliases.get(i));
        }
        return id;
    }

    private @Nullable String find(String name) {
        for (String spelling : spellings(name)) {
            String key = squash(spelling);
            for (Tier tier : Tier.values()) {
                String id = ids.get(tier).getOrDefault(key, AMBIGUOUS);
                if (!id.equals(AMBIGUOUS)) {
                    return id;
                }
            }
        }
        return null;
    }

    /**
     * The name, and what it is without the habits of some sets: "flag for", and a number where there are several
     * drawings.
     */
    private static List<String> spellings(String name) {
        List<String> spellings = new ArrayList<>(List.of(name));
        if (name.startsWith("flag-for-")) {
            String country = name.substring("flag-for-".length());
            spellings.add("flag-" + country);
            spellings.add(country);
        }
        String single = name.replaceFirst("-\\d+$", "");
        if (!single.equals(name)) {
            spellings.add(single);
        }
        return spellings;
    }

    private static String squash(String name) {
        String plain = Normalizer.normalize(name.replace("&", " and "), Normalizer.Form.NFKD);
        return plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
