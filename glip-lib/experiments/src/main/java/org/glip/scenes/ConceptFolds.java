package org.glip.scenes;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Parts concepts into ten folds so that no picture of the test set has a near twin in the training set: "man running",
 * "woman running" and "person running: facing right" are drawn alike, have one group key, and so share a fold.
 */
final class ConceptFolds {
    /** The number of folds. */
    static final int COUNT = 10;

    private static final Set<String> GENDER = Set.of(
            "man",
            "woman",
            "person",
            "men",
            "women",
            "people",
            "boy",
            "girl",
            "child",
            "boys",
            "girls",
            "children",
            "adult",
            "adults");
    private static final Map<String, String> SYNONYMS = Map.of(
            "older",
            "old",
            "princess",
            "prince",
            "mermaid",
            "merperson",
            "merman",
            "merperson",
            "mrs",
            "santa",
            "mx",
            "santa");
    /** Keys of other concepts that at least one style draws with the very same picture. */
    private static final Map<String, String> TWINS = Map.ofEntries(
            Map.entry("cat face", "grinning cat"),
            Map.entry("hourglass not done", "hourglass done"),
            Map.entry("flag bouvet island", "flag norway"),
            Map.entry("flag ceuta melilla", "flag spain"),
            Map.entry("flag chad", "flag romania"),
            Map.entry("flag clipperton island", "flag france"),
            Map.entry("flag heard mcdonald islands", "flag australia"),
            Map.entry("flag monaco", "flag indonesia"),
            Map.entry("flag st martin", "flag france"),
            Map.entry("flag svalbard jan mayen", "flag norway"),
            Map.entry("flag u s outlying islands", "flag united states"));

    private static final String PERSON = "person";
    private static final String TURNED = ": facing right";

    private ConceptFolds() {}

    /**
     * The key of a label's group: the label in lower case, without the words for gender and age ("person" where nothing
     * else is left), without ": facing right", words joined by one space; then, for the few concepts that some style
     * draws alike, the key of their twin.
     */
    static String groupKey(String label) {
        String lower = label.toLowerCase(Locale.ROOT);
        String core = lower.endsWith(TURNED) ? lower.substring(0, lower.length() - TURNED.length()) : lower;
        String key = Arrays.stream(core.split("[^\\p{L}\\p{N}#*]+"))
                .filter(word -> !word.isEmpty() && !GENDER.contains(word))
                .map(word -> SYNONYMS.getOrDefault(word, word))
                .collect(Collectors.joining(" "));
        return key.isEmpty() ? PERSON : TWINS.getOrDefault(key, key);
    }

    /**
     * The fold of a group or of any other name: the first four bytes of the SHA-256 of its UTF-8 bytes, as an unsigned
     * big-endian number, modulo 10.
     */
    static int fold(String key) {
        byte[] hash = DigestUtils.sha256(key);
        return (int) (Integer.toUnsignedLong(ByteBuffer.wrap(hash).getInt()) % COUNT);
    }
}
