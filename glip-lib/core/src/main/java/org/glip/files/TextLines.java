package org.glip.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Texts, one a line, read one at a time: names of classes, templates, captions, paths.
 *
 * <p>In a file, the line ends of any system end a line ({@code \n}, {@code \r\n}, {@code \r}), and white space around a
 * line is no part of it, as Python's {@code open} and {@code str.strip} have it, with which CLIP_benchmark reads; nor
 * are byte-order marks there, which stay where files were joined. From a stream, lines come as they stand, and only
 * {@code \n} ends one. The encoding is as {@link TextFile} says.
 */
public final class TextLines implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(TextLines.class);
    private static final int BUFFER_BYTES = 1 << 16;

    /** A list or an object of texts, in one line or in many; {@code [{}]} alone would be a template. */
    private static final Pattern JSON_BEGINS = Pattern.compile("[\\[{]\\s*(\".*)?");

    private static final Pattern JSON_ENDS = Pattern.compile("(.*\")?\\s*,?\\s*[\\]}]");

    /** Besides the ends of lines, where Python's {@code str.splitlines} ends one. */
    private static final Pattern FURTHER_ENDS = Pattern.compile("[\\x0B\\f\\x1C-\\x1E\\x85\\u2028\\u2029]");

    private final InputStream in;
    private final String name;
    private final boolean isFile;
    private final CharsetDecoder decoder = TextFile.strictUtf8();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int end;
    private byte[] line = new byte[256];
    private long number;
    private boolean isAfterReturn;

    private TextLines(InputStream in, String name, boolean isFile) {
        this.in = in;
        this.name = name;
        this.isFile = isFile;
    }

    /**
     * Reads lines from a stream, as they stand.
     *
     * @param in the bytes; not to be read by others meanwhile
     * @param name what the stream is, for messages
     * @return the lines
     */
    public static TextLines of(InputStream in, String name) {
        return new TextLines(in, name, false);
    }

    /**
     * Reads lines from a file, without white space around them.
     *
     * @param file the list
     * @return the lines, to be closed by the caller
     * @throws IOException if it cannot be read, or is UTF-16; the message names it
     */
    public static TextLines open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(
                    Files.isDirectory(file)
                            ? file + " is a folder; a list is a file with a text a line"
                            : "there is no list file " + file);
        }
        return new TextLines(TextFile.open(file), file.toString(), true);
    }

    /**
     * Reads the whole of a short list, in which every line must say something; blank lines at its end are none. What
     * {@link #split} splits is several lines, as CLIP_benchmark reads names of classes and templates. Characters that
     * nobody sees are logged.
     *
     * @param file the list
     * @return its lines
     * @throws IOException if it cannot be read, is not UTF-8, has no line, or a blank one before the last, or is a list
     *     in JSON; the message names file and line
     */
    public static List<String> readAll(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        try (TextLines reader = open(file)) {
            for (String line = reader.nextEntry(); line != null; line = reader.nextEntry()) {
                lines.addAll(split(line));
            }
        }
        if (lines.isEmpty()) {
            throw new IOException(file + " is empty");
        }
        if (JSON_BEGINS.matcher(lines.get(0)).matches()
                && JSON_ENDS.matcher(lines.get(lines.size() - 1)).matches()) {
            throw new IOException(
                    file + " is JSON; a text with an entry a line is needed, without brackets and quotes");
        }
        InvisibleCharacters.told(file.toString(), lines).ifPresent(LOG::warn);
        return lines;
    }

    /**
     * Splits a line where Python's {@code str.splitlines} ends one and a file's line does not end: at form feeds,
     * vertical tabs, separators of records, NEL, U+2028 and U+2029, as texts copied from web pages have them.
     *
     * @param line a line
     * @return its parts that are not blank, without white space around them; the line itself where it is blank
     */
    public static List<String> split(String line) {
        List<String> parts = FURTHER_ENDS
                .splitAsStream(line)
                .map(TextLines::strip)
                .filter(part -> !part.isEmpty())
                .toList();
        return parts.isEmpty() ? List.of(line) : parts;
    }

    /**
     * Reads the next line that is not blank.
     *
     * @return the line, or null where nothing but blank lines follows
     * @throws IOException as {@link #next}, and if a blank line stands before it, naming that line
     */
    public @Nullable String nextEntry() throws IOException {
        String text = next();
        if (text == null || !isBlank(text)) {
            return text;
        }
        String blank = place();
        while (text != null) {
            if (!isBlank(text)) {
                throw new IOException(blank + " is empty; every line must hold a text");
            }
            text = next();
        }
        return null;
    }

    /**
     * Reads the next line; the last one needs no line end.
     *
     * @return the line without its end, perhaps empty, or null at the end
     * @throws IOException if the bytes are not UTF-8, naming the line, or cannot be read
     */
    public @Nullable String next() throws IOException {
        int length = readLine();
        if (length < 0) {
            return null;
        }
        number++;
        if (number == 1) {
            TextFile.refuseWide(Arrays.copyOf(line, Math.min(length, 4)), name);
        }
        try {
            String text = decoder.decode(ByteBuffer.wrap(line, 0, length)).toString();
            return isFile ? strip(text) : text;
        } catch (CharacterCodingException e) {
            throw new IOException(place() + " is not UTF-8", e);
        }
    }

    /** Reads the bytes of a line into {@link #line}; returns their number, or -1 at the end. */
    private int readLine() throws IOException {
        int length = 0;
        boolean begun = false;
        while (position < end || fill()) {
            if (isAfterReturn && buffer[position] == '\n') {
                position++;
                isAfterReturn = false;
                continue;
            }
            isAfterReturn = false;
            begun = true;
            int from = position;
            while (position < end && !endsLine(buffer[position])) {
                position++;
            }
            length = append(length, from, position - from);
            if (position < end) {
                isAfterReturn = buffer[position] == '\r';
                position++;
                break;
            }
        }
        return begun ? length : -1;
    }

    private boolean endsLine(byte character) {
        return character == '\n' || (isFile && character == '\r');
    }

    private boolean fill() throws IOException {
        position = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    private int append(int length, int from, int count) {
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(length + count, 2 * line.length));
        }
        System.arraycopy(buffer, from, line, length, count);
        return length + count;
    }

    private static boolean isBlank(String text) {
        return strip(text).isEmpty();
    }

    /**
     * Removes what Python counts as white space, the no-break spaces of web pages included, and byte-order marks from
     * both ends; Java's own {@code strip} leaves those.
     */
    private static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isSpace(char character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || character == '\u0085'
                || character == '\uFEFF';
    }

    /** {@return the file and the number, from 1, of the line that was read last, for messages} */
    public String place() {
        return name + " line " + number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
