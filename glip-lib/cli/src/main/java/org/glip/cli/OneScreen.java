package org.glip.cli;

import java.util.stream.Collectors;

/** Cuts a message to what a terminal shows at once: what is wrong stands at the beginning. */
final class OneScreen {
    private static final int LINES = 20;
    private static final int CHARACTERS = 1500;

    private OneScreen() {}

    static String of(String message) {
        String cut = message.lines().limit(LINES).collect(Collectors.joining("\n"));
        if (cut.length() > CHARACTERS) {
            cut = cut.substring(0, CHARACTERS);
        }
        int left = message.stripTrailing().length() - cut.length();
        return left <= 0 ? cut : cut + "... (" + left + " characters more, shown by --verbose)";
    }
}
