package org.glip.files;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Names of files as people write them into lists, tables and arguments. */
public final class FileNames {
    private static final String CURE = "; start it with LC_ALL=C.UTF-8 or another UTF-8 locale";

    /** What a decoder writes for bytes that it cannot read. */
    private static final char REPLACEMENT = '\uFFFD';

    private FileNames() {}

    /**
     * Checks a name.
     *
     * @param name a path
     * @param place where the name stands, for messages
     * @return the name
     * @throws IOException if the name cannot be one here; the message says where it stands, and what to do where the
     *     locale is at fault
     */
    public static String check(String name, String place) throws IOException {
        try {
            return Path.of(name).toString();
        } catch (InvalidPathException e) {
            throw new IOException(place + ": " + reason(name, encoding()), e);
        }
    }

    /**
     * Finds a file that a list or a table names: beside it, or else in the working folder, where other programs begin.
     *
     * @param list the list or the table
     * @param name a path, checked
     * @return the path in the working folder if something is there and nothing beside the list; else that beside the
     *     list, which need not exist
     */
    public static Path find(Path list, String name) {
        Path beside = list.resolveSibling(name);
        Path here = Path.of(name);
        return !Files.exists(beside) && Files.exists(here) ? here : beside;
    }

    /**
     * Says what is wrong with an argument that was typed in letters which the locale does not have: Java has put others
     * in their place.
     *
     * @param argument as it arrived
     * @return a sentence with the cure, or null if nothing is wrong
     */
    public static @Nullable String damage(String argument) {
        return damage(argument, encoding());
    }

    static @Nullable String damage(String argument, Charset encoding) {
        return encoding.equals(StandardCharsets.UTF_8) || argument.indexOf(REPLACEMENT) < 0
                ? null
                : "\"" + argument + "\" has letters that are lost to a Java that this locale has read arguments in "
                        + encoding + CURE;
    }

    /** In what Java reads arguments and names of files; it takes this from the locale, and from nothing else. */
    private static Charset encoding() {
        return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    }

    static String reason(String name, Charset encoding) {
        boolean isLocale = !encoding.equals(StandardCharsets.UTF_8)
                && !encoding.newEncoder().canEncode(name);
        return "\"" + name + "\" is not the path of a file"
                + (isLocale ? " for a Java that this locale has write file names in " + encoding + CURE : "");
    }
}
