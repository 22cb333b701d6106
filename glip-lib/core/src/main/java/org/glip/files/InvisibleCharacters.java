package org.glip.files;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Characters that nobody sees and a tokenizer does: zero-width spaces, soft hyphens and byte-order marks within a line,
 * as texts copied from web pages have them. The joiners of emoji and of Persian and Indic scripts are not among them.
 */
final class InvisibleCharacters {
    private static final Pattern CHARACTER = Pattern.compile("[\\u200B\\u2060\\u00AD\\uFEFF]");

    private InvisibleCharacters() {}

    /**
     * Looks for them.
     *
     * @param name where the lines are from
     * @param lines a list
     * @return a sentence about all lines that have one; nothing if none has
     */
    static Optional<String> told(String name, List<String> lines) {
        int[] found = IntStream.range(0, lines.size())
                .filter(line -> CHARACTER.matcher(lines.get(line)).find())
                .toArray();
        if (found.length == 0) {
            return Optional.empty();
        }
        String first = lines.get(found[0]);
        Matcher character = CHARACTER.matcher(first);
        character.find();
        return Optional.of(("%s: %d of %d entries hold characters that nobody sees, such as U+%04X in entry %d, \"%s\":"
                        + " they change the prompts; remove them")
                .formatted(
                        name,
                        found.length,
                        lines.size(),
                        (int) first.charAt(character.start()),
                        found[0] + 1,
                        character.replaceAll("")));
    }
}
