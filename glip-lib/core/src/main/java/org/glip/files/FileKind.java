package org.glip.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What a file is, told by the bytes that it begins with: its name may lie. The one place that knows what else lies
 * where a text, a shard or weights should: downloads that went wrong, packed files, formats of others. Readers say
 * which kinds they take, and refuse the others in the words that stand here.
 */
public enum FileKind {
    /** No byte at all. */
    EMPTY("empty", "the download or the copy failed"),
    /** Packed by gzip. */
    GZIP("packed (gzip)", Cure.UNPACK, "1f8b"),
    /** Packed by bzip2; the second mark is that of a packed nothing. */
    BZIP2("packed (bzip2)", Cure.UNPACK, "425a68..314159265359", "425a68..177245385090"),
    /** Packed by xz. */
    XZ("packed (xz)", Cure.UNPACK, "fd377a585a00"),
    /** Packed by Zstandard. */
    ZSTANDARD("packed (zstd)", Cure.UNPACK, "28b52ffd"),
    /** A ZIP archive, as tables of Excel and files of PyTorch are; the second mark is that of an empty one. */
    ZIP("a ZIP archive", Cure.UNPACK, "504b0304", "504b0506"),
    /** A 7z archive. */
    SEVEN_ZIP("a 7z archive", Cure.UNPACK, "377abcaf"),
    /** A table of Parquet. */
    PARQUET("a Parquet table", Cure.ANOTHER, "50415231"),
    /** Hierarchical data, as Keras writes weights. */
    HDF5("an HDF5 file, as Keras writes them", Cure.ANOTHER, "894844460d0a1a0a"),
    /** Weights for llama.cpp and its like. */
    GGUF("a GGUF file, made for other programs", Cure.ANOTHER, "47475546"),
    /** An array of NumPy. */
    NUMPY("an array of NumPy", Cure.ANOTHER, "934e554d5059"),
    /** A picture. */
    PNG("a picture (PNG)", Cure.ANOTHER, "89504e470d0a1a0a"),
    /** A picture. */
    JPEG("a picture (JPEG)", Cure.ANOTHER, "ffd8ff"),
    /** What a checkout has in the place of a file that Git LFS holds. */
    LFS_POINTER(
            "a Git LFS pointer, a note in the place of the file",
            "'git lfs install' and then 'git lfs pull' in that checkout fetch the file itself"),
    /** A page. */
    HTML(
            "an HTML page",
            "what was downloaded is a page about the file, an error or a request to sign in: download the file itself"
                    + " (on a model hub its own address has /resolve/ where the page's has /blob/)"),
    /** XML. */
    XML("an XML text, as a server's answer that it has no such file", "download the file itself"),
    /** What begins as JSON does. */
    JSON("a JSON text", Cure.ANOTHER),
    /** Any other text. */
    TEXT("a text", Cure.ANOTHER),
    /** Nothing that is known here. */
    UNKNOWN("of a format that is not known", Cure.ANOTHER);

    /** So many bytes of a file tell its kind. */
    public static final int START = 512;

    private static final Pattern PAGE =
            Pattern.compile("<(!doctype\\s+html\\b|html[\\s>]|head>|body[\\s>])", Pattern.CASE_INSENSITIVE);

    private final String what;
    private final String cure;
    private final String[] marks;

    FileKind(String what, String cure, String... marks) {
        this.what = what;
        this.cure = cure;
        this.marks = marks;
    }

    /**
     * Tells what a file is.
     *
     * @param start its first bytes, {@link #START} where it has so many
     * @return its kind; what is no text and has no known mark is {@link #UNKNOWN}
     */
    public static FileKind of(byte[] start) {
        if (start.length == 0) {
            return EMPTY;
        }
        String digits = HexFormat.of().formatHex(start, 0, Math.min(start.length, 16));
        for (FileKind kind : values()) {
            // a dot in a mark stands for any half of a byte
            if (Arrays.stream(kind.marks)
                    .anyMatch(mark -> Pattern.compile(mark).matcher(digits).lookingAt())) {
                return kind;
            }
        }
        return isText(start) ? text(words(start)) : UNKNOWN;
    }

    private static FileKind text(String words) {
        if (words.startsWith("version https://git-lfs.github.com/")) {
            return LFS_POINTER;
        }
        if (words.startsWith("<")) {
            return PAGE.matcher(words).lookingAt() ? HTML : XML;
        }
        return words.startsWith("{") || words.startsWith("[") ? JSON : TEXT;
    }

    /**
     * {@return whether bytes may be those of a text} Bytes above 127 may, whatever they mean; control characters other
     * than tabs and line ends do not stand in one.
     *
     * @param start the first bytes of a file
     */
    public static boolean isText(byte[] start) {
        for (byte each : start) {
            boolean control = each >= 0 && each < ' ' && each != '\n' && each != '\r' && each != '\t';
            if (control || each == 0x7F) {
                return false;
            }
        }
        return true;
    }

    /**
     * {@return what a text begins with, without a byte-order mark and blanks around it}
     *
     * @param start the first bytes of a file
     */
    public static String words(byte[] start) {
        return new String(start, StandardCharsets.UTF_8).replace("\uFEFF", "").strip();
    }

    /** {@return what the file is, as it follows "is"} */
    public String what() {
        return what;
    }

    /** {@return what the file is, and what helps: {@code a Git LFS pointer, ...: 'git lfs pull' ...}} */
    public String withCure() {
        return withCure(cure);
    }

    /**
     * {@return what the file is, and what helps}
     *
     * @param better what helps where this kind was not expected, if the reader knows better
     */
    public String withCure(String better) {
        return what + ": " + better;
    }

    /** What several kinds have in common. */
    private static final class Cure {
        static final String UNPACK = "unpack it";
        static final String ANOTHER = "another file is needed here";
    }
}
