package org.glip.text.repair;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The encodings of one byte a character that UTF-8 text is most often read in by mistake, in the order in which they
 * are tried (ftfy 6.3.1, {@code chardata}).
 *
 * <p>Byte strings are kept as strings of the characters 0 to 255. The Windows encodings are taken as browsers do: a
 * byte that means nothing stands for the character of its own number; and byte 1A stands for U+FFFD, the trace of a
 * byte that was lost.
 */
enum SingleByteEncoding {
    LATIN_1("ISO-8859-1", false),
    WINDOWS_1252("windows-1252", true),
    WINDOWS_1251("windows-1251", true),
    WINDOWS_1250("windows-1250", true),
    WINDOWS_1253("windows-1253", true),
    WINDOWS_1254("windows-1254", true),
    WINDOWS_1257("windows-1257", true),
    LATIN_2("ISO-8859-2", false),
    MAC_ROMAN("x-MacRoman", false),
    CODE_PAGE_437("IBM437", false);

    private static final char REPLACEMENT = '\uFFFD';
    /** The control character "substitute". */
    static final char LOST = '\u001A';

    private final boolean lossy;
    /** The character of each byte. */
    private final char[] characters = new char[256];
    /** The byte of each character. */
    private final Map<Character, Character> bytes = new HashMap<>();

    SingleByteEncoding(String charset, boolean lossy) {
        this.lossy = lossy;
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        String decoded = new String(all, Charset.forName(charset));
        for (int i = 0; i < 256; i++) {
            char c = decoded.charAt(i);
            characters[i] = c == REPLACEMENT ? (char) i : c;
        }
        if (lossy) {
            characters[LOST] = REPLACEMENT;
        }
        for (int i = 0; i < 256; i++) {
            bytes.put(characters[i], (char) i);
        }
    }

    /** Whether a lost byte can be told in this encoding. */
    boolean isLossy() {
        return lossy;
    }

    /** The character that a byte stands for. */
    char character(int value) {
        return characters[value];
    }

    /** The bytes that would have been read as {@code text}, or nothing if the text cannot come from this encoding. */
    Optional<String> encode(String text) {
        char[] encoded = new char[text.length()];
        for (int i = 0; i < encoded.length; i++) {
            Character value = bytes.get(text.charAt(i));
            if (value == null) {
                return Optional.empty();
            }
            encoded[i] = value;
        }
        return Optional.of(new String(encoded));
    }
}
