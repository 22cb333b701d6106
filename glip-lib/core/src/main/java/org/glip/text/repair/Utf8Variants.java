package org.glip.text.repair;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Decodes UTF-8 and its two common deviations: CESU-8 (each half of a surrogate pair coded as if it were a character, 3
 * + 3 bytes) and Java's two-byte code C0 80 of the character 0.
 *
 * <p>Everything else must be valid UTF-8. The result is that of ftfy 6.3.1's codec {@code utf-8-variants}, down to its
 * behaviour at a final line feed: the expressions of that codec end in {@code $}, which in Python also matches before a
 * closing {@code \n}, so that the line feed passes for the last byte of a sequence.
 */
final class Utf8Variants {
    private static final int PAIR = 6;

    private Utf8Variants() {}

    /**
     * Decodes a byte string.
     *
     * @param bytes the bytes as characters 0 to 255
     * @return the text, or nothing if the bytes are not UTF-8 of any variant
     */
    static Optional<String> decode(String bytes) {
        byte[] standard = new byte[bytes.length()];
        int length = 0;
        for (int i = 0; i < bytes.length(); ) {
            if (isLongNull(bytes, i)) {
                standard[length++] = 0;
                i += 2;
            } else if (isSurrogatePair(bytes, i)) {
                int character = pairedCharacter(bytes, i);
                standard[length++] = (byte) (0xF0 | character >> 18);
                standard[length++] = (byte) (0x80 | character >> 12 & 0x3F);
                standard[length++] = (byte) (0x80 | character >> 6 & 0x3F);
                standard[length++] = (byte) (0x80 | character & 0x3F);
                i += PAIR;
            } else {
                standard[length++] = (byte) bytes.charAt(i++);
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(standard, 0, length))
                    .toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    private static boolean isLongNull(String bytes, int at) {
        return bytes.charAt(at) == 0xC0
                && at + 1 < bytes.length()
                && (bytes.charAt(at + 1) == 0x80 || isFinalLineFeed(bytes, at + 1));
    }

    private static boolean isSurrogatePair(String bytes, int at) {
        return at + PAIR <= bytes.length()
                && isHalf(bytes, at, 0xA0, 0xAF)
                && isWithin(bytes.charAt(at + 2), 0x80, 0xBF)
                && isHalf(bytes, at + 3, 0xB0, 0xBF)
                && (isWithin(bytes.charAt(at + 5), 0x80, 0xBF) || isFinalLineFeed(bytes, at + 5));
    }

    private static boolean isHalf(String bytes, int at, int least, int greatest) {
        return bytes.charAt(at) == 0xED && isWithin(bytes.charAt(at + 1), least, greatest);
    }

    private static boolean isWithin(char value, int least, int greatest) {
        return value >= least && value <= greatest;
    }

    private static boolean isFinalLineFeed(String bytes, int at) {
        return at == bytes.length() - 1 && bytes.charAt(at) == '\n';
    }

    /** The 20 bits of a pair stand in the low bits of its bytes 1, 2, 4 and 5. */
    private static int pairedCharacter(String bytes, int at) {
        return 0x10000
                + ((bytes.charAt(at + 1) & 0x0F) << 16
                        | (bytes.charAt(at + 2) & 0x3F) << 10
                        | (bytes.charAt(at + 4) & 0x0F) << 6
                        | bytes.charAt(at + 5) & 0x3F);
    }
}
