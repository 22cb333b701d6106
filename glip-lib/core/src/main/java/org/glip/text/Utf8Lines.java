package org.glip.text;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of texts, one a line, read one at a time.
 *
 * <p>Only {@code \n} ends a line, so that a text may hold any other character, {@code \r} included;
 * {@link java.io.BufferedReader} would split there. Bytes that are not UTF-8 are an error, never a replacement
 * character.
 */
public final class Utf8Lines implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final String name;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int end;
    private byte[] line = new byte[256];
    private long number;

    /**
     * Reads lines from a stream.
     *
     * @param in the bytes; not to be read by others meanwhile
     * @param name what the stream is, for messages
     */
    public Utf8Lines(InputStream in, String name) {
        this.in = in;
        this.name = name;
    }

    /**
     * Reads lines from a file.
     *
     * @param file the list
     * @return the lines, to be closed by the caller
     * @throws IOException if it cannot be read; the message names it
     */
    public static Utf8Lines open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no list file " + file);
        }
        return new Utf8Lines(Files.newInputStream(file), file.toString());
    }

    /**
     * Reads the whole of a short list.
     *
     * @param file the list
     * @return its lines
     * @throws IOException if it cannot be read, is not UTF-8, or has no line or an empty one; the message names file
     *     and line
     */
    public static List<String> readAll(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Utf8Lines reader = open(file)) {
            for (String line = reader.next(); line != null; line = reader.next()) {
                if (line.isBlank()) {
                    throw new IOException(reader.place() + " is empty; every line must hold a text");
                }
                lines.add(line);
            }
        }
        if (lines.isEmpty()) {
            throw new IOException(file + " is empty");
        }
        return lines;
    }

    /**
     * Reads the next line; the last one needs no line end.
     *
     * @return the line without its {@code \n}, or null at the end
     * @throws IOException if the bytes are not UTF-8, naming the line, or cannot be read
     */
    public @Nullable String next() throws IOException {
        int length = 0;
        boolean begun = false;
        while (position < end || fill()) {
            begun = true;
            int from = position;
            while (position < end && buffer[position] != '\n') {
                position++;
            }
            length = append(length, from, position - from);
            if (position < end) {
                position++;
                break;
            }
        }
        if (!begun) {
            return null;
        }
        number++;
        try {
            return decoder.decode(ByteBuffer.wrap(line, 0, length)).toString();
        } catch (CharacterCodingException e) {
            throw new IOException(place() + " is not UTF-8", e);
        }
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

    /** {@return the file and the number, from 1, of the line that was read last, for messages} */
    public String place() {
        return name + " line " + number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
