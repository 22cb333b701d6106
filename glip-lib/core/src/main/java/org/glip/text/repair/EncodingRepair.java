package org.glip.text.repair;

import java.util.Optional;

/** Undoes wrong decoding, layer by layer: what ftfy 6.3.1 calls {@code fix_encoding}. */
final class EncodingRepair {
    private EncodingRepair() {}

    static String repair(String text) {
        String before;
        String after = text;
        do {
            before = after;
            after = undoOneLayer(before);
        } while (!after.equals(before));
        return after;
    }

    private static String undoOneLayer(String text) {
        if (PythonText.isAscii(text) || !MojibakeDetector.looksBroken(text)) {
            return text;
        }
        for (SingleByteEncoding encoding : SingleByteEncoding.values()) {
            Optional<String> decoded = encoding.encode(text).flatMap(bytes -> decode(bytes, encoding));
            if (decoded.isPresent()) {
                return decoded.get();
            }
        }
        String repaired = EmbeddedMojibake.repair(text, EncodingRepair::repair);
        return repaired.equals(text) ? readControlsAsWindows1252(text) : repaired;
    }

    private static Optional<String> decode(String bytes, SingleByteEncoding encoding) {
        // in MacRoman an en dash and a space would look like a lost A0
        String restored = encoding == SingleByteEncoding.MAC_ROMAN ? bytes : DamagedUtf8.restoreNoBreakSpaces(bytes);
        return Utf8Variants.decode(encoding.isLossy() ? DamagedUtf8.replaceLostCharacters(restored) : restored);
    }

    /** The control characters U+0080 to U+009F are not used; where they occur, the bytes were windows-1252. */
    private static String readControlsAsWindows1252(String text) {
        StringBuilder read = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            read.append(readControlAsWindows1252(text.charAt(i)));
        }
        return read.toString();
    }

    static char readControlAsWindows1252(char c) {
        return c >= 0x80 && c <= 0x9F ? SingleByteEncoding.WINDOWS_1252.character(c) : c;
    }
}
