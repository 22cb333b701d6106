package org.glip.data;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.glip.files.TextLines;

/**
 * Turns what a user writes into the list of shard files.
 *
 * <p>A pattern is one of, or a mixture of
 *
 * <ul>
 *   <li>a path: {@code data/cc3m-00000.tar}; of a folder: the shards in it;
 *   <li>braces, as in webdataset and open_clip: {@code cc3m-{00000..00331}.tar}, {@code {train,val}-{0..30..10}.tar},
 *   nested too;
 *   <li>a glob in the file name: {@code data/*.tar};
 *   <li>a list: {@code @shards.txt}, with a pattern on each line, relative to the folder of the list; empty lines and
 *   lines that
 *       begin with {@code #} are passed over;
 *   <li>several of these with {@code ::} between them, as in open_clip.
 * </ul>
 */
final class Shards {
    private static final int NAMED_MISSING = 5;
    private static final String GLOB_CHARACTERS = "*?[";
    private static final Pattern ENDING = Pattern.compile("(?i).+\\.(tar(\\.(gz|bz2|xz|zstd?))?|tgz|tbz2?|txz|tzst)");

    /** One slash is left of two where somebody has made a path of it. */
    private static final Pattern URL = Pattern.compile("(?i)(pipe|file):.*|[a-z][a-z0-9+.-]+:/.*");

    private Shards() {}

    /**
     * Lists the files that the patterns stand for: patterns in their order, braces in the order in which they are
     * written, globs sorted by name. A file that several patterns name comes once, at its first place.
     *
     * @param patterns one or more patterns
     * @return the files, all of which exist
     * @throws IllegalArgumentException if there is no pattern, or braces are not in pairs or stand for too many names
     * @throws IOException if files are missing, with the first few names and the count; if a glob matches nothing; if a
     *     folder holds no shard; if a list cannot be read; if a URL is named
     */
    public static List<Path> expand(List<String> patterns) throws IOException {
        if (patterns.isEmpty()) {
            throw new IllegalArgumentException("no shard is named");
        }
        Set<Path> files = new LinkedHashSet<>();
        for (String pattern : patterns) {
            addPattern(Path.of(""), pattern, files);
        }
        requireAll(files);
        return List.copyOf(files);
    }

    /**
     * Lists the shards in a folder, not those in the folders in it.
     *
     * @param folder an existing folder
     * @return its {@code .tar} files, compressed ones too, sorted by name; empty if there is none
     * @throws IOException if the folder cannot be read
     */
    public static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile)
                    .filter(Shards::isShard)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isShard(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && ENDING.matcher(name).matches();
    }

    private static void addPattern(Path folder, String pattern, Set<Path> files) throws IOException {
        if (pattern.startsWith("@")) {
            addList(folder.resolve(pattern.substring(1)), files);
            return;
        }
        if (Files.exists(folder.resolve(pattern))) {
            addPath(folder.resolve(pattern), files);
            return;
        }
        for (String part : pattern.split("::", -1)) {
            if (part.isEmpty()) {
                throw new IOException("A name is missing beside the :: of " + pattern);
            }
            refuseUrl(part);
            for (String name : BracePattern.expand(part)) {
                addName(folder.resolve(name), files);
            }
        }
    }

    private static void addName(Path path, Set<Path> files) throws IOException {
        boolean glob = path.toString().chars().anyMatch(c -> GLOB_CHARACTERS.indexOf(c) >= 0);
        if (glob && !Files.exists(path)) {
            files.addAll(matches(path));
        } else {
            addPath(path, files);
        }
    }

    private static void addPath(Path path, Set<Path> files) throws IOException {
        if (!Files.isDirectory(path)) {
            files.add(path);
            return;
        }
        List<Path> shards = in(path);
        if (shards.isEmpty()) {
            throw new IOException("Folder " + path + " holds no shard (.tar, .tar.gz, .tar.bz2, .tar.xz, .tar.zst)");
        }
        files.addAll(shards);
    }

    /** Whether a name is that of something elsewhere, or a command. */
    static boolean isUrl(String name) {
        return URL.matcher(name).matches() && !Files.exists(Path.of(name));
    }

    /**
     * Refuses what is not the name of a file on this machine.
     *
     * @throws IOException if it is a URL, or a command as webdataset runs them
     */
    static void refuseUrl(String name) throws IOException {
        if (!isUrl(name)) {
            return;
        }
        String kind = name.substring(0, name.indexOf(':')).toLowerCase(Locale.ROOT);
        throw new IOException(
                switch (kind) {
                    case "pipe" -> name + " is a command; data are read from files: let it write one first";
                    case "file" -> name + " is a URL: leave out its file:";
                    default ->
                        name + " is a URL; data are read from files: download it first, or mount the store that"
                                + " holds it, and name the file";
                });
    }

    private static void addList(Path list, Set<Path> files) throws IOException {
        if (!Files.isRegularFile(list)) {
            throw new IOException("The list of shards " + list + " does not exist");
        }
        Path folder = list.toAbsolutePath().getParent();
        for (String entry : entries(list)) {
            if (entry.startsWith("@")) {
                throw new IOException("The list of shards " + list + " names another list, " + entry
                        + "; a list may hold paths, braces and globs");
            }
            addPattern(folder, entry, files);
        }
    }

    private static List<String> entries(Path list) throws IOException {
        List<String> entries = new ArrayList<>();
        try (TextLines lines = TextLines.open(list)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!line.isEmpty() && !line.startsWith("#")) {
                    entries.add(line);
                }
            }
        }
        return entries;
    }

    private static List<Path> matches(Path glob) throws IOException {
        Path folder = glob.getParent() == null ? Path.of("") : glob.getParent();
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries =
                    Files.newDirectoryStream(folder, glob.getFileName().toString())) {
                for (Path entry : entries) {
                    if (Files.isRegularFile(entry)) {
                        found.add(entry);
                    }
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        if (found.isEmpty()) {
            throw new IOException("No file matches " + glob);
        }
        Collections.sort(found);
        return found;
    }

    private static void requireAll(Collection<Path> files) throws IOException {
        if (files.isEmpty()) {
            throw new IOException("The patterns name no shard");
        }
        List<Path> missing =
                files.stream().filter(file -> !Files.isRegularFile(file)).toList();
        if (!missing.isEmpty()) {
            List<String> first =
                    missing.stream().limit(NAMED_MISSING).map(Path::toString).toList();
            throw new IOException(missing.size() + " of " + files.size() + " shards are missing: "
                    + String.join(", ", first) + (missing.size() > NAMED_MISSING ? ", ..." : "")
                    + (first.toString().contains("{")
                            ? "; braces stand for themselves unless they hold a range as {00..31} or a list as {a,b}"
                            : ""));
        }
    }
}
