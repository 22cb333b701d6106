package org.glip.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What lies where a model's file should be: downloads that went wrong, and formats of other programs. Each is named by
 * its first bytes, with what would help.
 */
final class ForeignFile {
    /** So much of a file is looked at. */
    static final int START = 400;

    private static final int EXCERPT = 60;

    /** How other formats begin, in hexadecimal digits. */
    private enum Mark {
        GZIP("1f8b", "compressed (gzip): unpack it"),
        ZSTANDARD("28b52ffd", "compressed (zstd): unpack it"),
        XZ("fd377a585a00", "compressed (xz): unpack it"),
        BZIP2("425a68", "compressed (bzip2): unpack it"),
        SEVEN_ZIP("377abcaf271c", "compressed (7z): unpack it"),
        HDF5("894844460d0a1a0a", "an HDF5 file, as Keras writes them; weights of PyTorch are needed"),
        GGUF("47475546", "a GGUF file, made for other programs; weights of PyTorch are needed"),
        NUMPY("934e554d5059", "an array of NumPy; weights of PyTorch are needed"),
        PNG("89504e470d0a1a0a", "a picture (PNG)"),
        JPEG("ffd8ff", "a picture (JPEG)");

        private final byte[] bytes;
        private final String what;

        Mark(String hexadecimal, String what) {
            this.bytes = HexFormat.of().parseHex(hexadecimal);
            this.what = what;
        }

        boolean begins(byte[] start) {
            return start.length >= bytes.length && Arrays.equals(bytes, Arrays.copyOf(start, bytes.length));
        }
    }

    private ForeignFile() {}

    /** The first bytes of a file. */
    static byte[] start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(START);
        }
    }

    /**
     * Refuses what is no JSON at all, before a parser says so in its own words.
     *
     * @throws IOException that names the file and says what it is
     */
    static void refuseAsJson(Path file) throws IOException {
        byte[] start = start(file);
        String text =
                new String(start, StandardCharsets.UTF_8).replace("\uFEFF", "").strip();
        if (!text.startsWith("{") && !text.startsWith("[")) {
            Optional<String> what = recognise(start);
            if (what.isPresent()) {
                throw new IOException(file + " is " + what.get());
            }
        }
    }

    /**
     * Tells what a file is.
     *
     * @param start its first bytes, {@link #START} where it has so many
     * @return what follows "is", or nothing where it is not known
     */
    static Optional<String> recognise(byte[] start) {
        if (start.length == 0) {
            return Optional.of("empty: the download or the copy failed");
        }
        for (Mark mark : Mark.values()) {
            if (mark.begins(start)) {
                return Optional.of(mark.what);
            }
        }
        return isText(start) ? Optional.of(text(new String(start, StandardCharsets.UTF_8))) : Optional.empty();
    }

    private static boolean isText(byte[] start) {
        for (byte each : start) {
            boolean control = each >= 0 && each < ' ' && each != '\n' && each != '\r' && each != '\t';
            if (control || each == 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static String text(String start) {
        String text = start.replace("\uFEFF", "").strip();
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("version https://git-lfs.github.com/")) {
            return "a Git LFS pointer, a note in the place of the file: 'git lfs install' and then 'git lfs pull' in"
                    + " that checkout fetch the file itself";
        }
        if (List.of("<!doctype html", "<html", "<head", "<body").stream().anyMatch(lower::startsWith)) {
            return "an HTML page: what was downloaded is a page about the file, an error or a request to sign in, not"
                    + " the file (on a model hub the file's own address has /resolve/ where the page's has /blob/)";
        }
        if (lower.startsWith("<")) {
            return "an XML text, as a server's answer that it has no such file: " + excerpt(text);
        }
        if (lower.startsWith("{") || lower.startsWith("[")) {
            return lower.contains("\"weight_map\"") || lower.contains("\"total_size\"")
                    ? "an index of weights that lie in several files, which are not read: save them as one file"
                    : "a JSON text, not weights: " + excerpt(text);
        }
        return "a text, as a server's error is one, that begins: " + excerpt(text);
    }

    private static String excerpt(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + "...";
    }
}
