package org.glip.files;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The one way in which this library opens text files that people made: UTF-8, with or without a byte-order mark, which
 * is no part of the text. UTF-16 and UTF-32 are refused by name, and bytes that are not UTF-8 are an error, never a
 * replacement character. What is no text at all, and often lies in the place of one, is named.
 */
public final class TextFile {
    private static final int LONGEST_MARK = 4;

    private TextFile() {}

    /**
     * Reads a whole text.
     *
     * @param file the file
     * @return its content, without a byte-order mark
     * @throws CharacterCodingException if it is not UTF-8; the message names the file and the line, or the encoding
     * @throws IOException if it cannot be read
     */
    public static String read(Path file) throws IOException {
        try (InputStream in = open(file)) {
            byte[] bytes = in.readAllBytes();
            try {
                return strictUtf8().decode(ByteBuffer.wrap(bytes)).toString();
            } catch (CharacterCodingException e) {
                throw new WrongEncodingException(file + " line " + firstWrongLine(bytes) + " is not UTF-8", e);
            }
        }
    }

    /**
     * Opens a text to be read piece by piece.
     *
     * @param file the file
     * @return its characters, without a byte-order mark, to be closed; throws {@link CharacterCodingException} where
     *     bytes are not UTF-8
     * @throws CharacterCodingException if it is UTF-16 or UTF-32; the message names the file
     * @throws IOException if it cannot be read, or is packed, a pointer of Git LFS or an HTML page, likewise
     */
    public static BufferedReader reader(Path file) throws IOException {
        return reader(Files.newInputStream(file), file.toString());
    }

    /**
     * Opens a text that does not lie in a file of its own, as a packed one does.
     *
     * @param bytes the text; closed with the reader, or where this fails
     * @param name what it is, for messages
     * @return its characters, as those of a file
     * @throws CharacterCodingException if it is UTF-16 or UTF-32
     * @throws IOException if it cannot be read
     */
    public static BufferedReader reader(InputStream bytes, String name) throws IOException {
        return new BufferedReader(new InputStreamReader(withoutMark(bytes, name), strictUtf8()));
    }

    /** Opens the bytes behind a byte-order mark. */
    static InputStream open(Path file) throws IOException {
        return withoutMark(Files.newInputStream(file), file.toString());
    }

    private static InputStream withoutMark(InputStream bytes, String name) throws IOException {
        InputStream in = new BufferedInputStream(bytes);
        try {
            in.mark(FileKind.START);
            byte[] first = in.readNBytes(FileKind.START);
            refuseStranger(first, name);
            refuseWide(Arrays.copyOf(first, Math.min(first.length, LONGEST_MARK)), name);
            in.reset();
            if (startsWith(first, 0xEF, 0xBB, 0xBF)) {
                in.skipNBytes(3);
            }
            return in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Refuses what is packed or of another format, and what a download leaves in the place of a text. */
    private static void refuseStranger(byte[] first, String name) throws IOException {
        FileKind kind = FileKind.of(first);
        boolean left = kind == FileKind.LFS_POINTER || kind == FileKind.HTML;
        boolean other = kind != FileKind.EMPTY && kind != FileKind.UNKNOWN && !FileKind.isText(first);
        if (left || other) {
            throw new IOException(name + " is "
                    + (kind == FileKind.ZIP
                            ? kind.withCure("unpack it; save a table of Excel as CSV in UTF-8")
                            : kind.withCure()));
        }
    }

    /**
     * Refuses UTF-16 and UTF-32 by their byte-order marks, or by the zero bytes that letters of English have there.
     *
     * @param first bytes of a text, fewer than four only if it is as short as that
     */
    static void refuseWide(byte[] first, String name) throws WrongEncodingException {
        String found = null;
        if (startsWith(first, 0xFF, 0xFE, 0, 0) || startsWith(first, 0, 0, 0xFE, 0xFF)) {
            found = "UTF-32";
        } else if (startsWith(first, 0xFF, 0xFE) || startsWith(first, 0xFE, 0xFF) || alternatesWithZero(first)) {
            found = "UTF-16";
        }
        if (found != null) {
            throw new WrongEncodingException(
                    name + " is " + found + ", not UTF-8; save it as UTF-8 (iconv -f " + found + " -t UTF-8)", null);
        }
    }

    private static boolean alternatesWithZero(byte[] first) {
        return first.length == LONGEST_MARK
                && (first[0] != 0 && first[1] == 0 && first[2] != 0 && first[3] == 0
                        || first[0] == 0 && first[1] != 0 && first[2] == 0 && first[3] != 0);
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        for (int i = 0; i < start.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }

    static CharsetDecoder strictUtf8() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private static long firstWrongLine(byte[] bytes) {
        long line = 1;
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                if (!isUtf8(bytes, from, i)) {
                    return line;
                }
                line++;
                from = i + 1;
            }
        }
        return line;
    }

    private static boolean isUtf8(byte[] bytes, int from, int to) {
        try {
            strictUtf8().decode(ByteBuffer.wrap(bytes, from, to - from));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
