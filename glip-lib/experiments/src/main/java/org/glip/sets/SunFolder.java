package org.glip.sets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.glip.data.ListedSample;
import org.glip.data.SampleMetadata;
import org.glip.data.SampleSource;
import org.glip.files.TextLines;

/**
 * SUN397 as its archive unpacks: {@code SUN397/a/abbey/x.jpg}, {@code SUN397/a/apartment_building/outdoor/y.jpg}, the
 * classes under the letter that they begin with. Where one of its lists of test pictures is there ({@code
 * Testing_01.txt}, a line for each, such as {@code /a/abbey/x.jpg}), those count; else all pictures.
 */
final class SunFolder {
    /** CLIP_benchmark's name of the set. */
    static final String NAME = "sun397";

    private static final List<String> LISTS = List.of("Testing_01.txt", "Partitions/Testing_01.txt");

    private final Path root;
    private final ZeroShotSet set;

    /** The number of each class by its folder under the letter, in the form of {@link ClassFolderNumbers#plain}. */
    private final Map<String, Integer> classes = new HashMap<>();

    private SunFolder(Path root, ZeroShotSet set) {
        this.root = root;
        this.set = set;
        for (int number = 0; number < set.classNames().size(); number++) {
            classes.put(ClassFolderNumbers.plain(set.classNames().get(number)), number);
        }
    }

    /** The folder with the letters in it, if a set's folder has this form. */
    static Optional<Path> letters(Path folder) {
        return Stream.of(folder.resolve("SUN397"), folder)
                .filter(root -> Files.isDirectory(root.resolve("a")))
                .findFirst();
    }

    /**
     * Opens the pictures.
     *
     * @param letters the folder with the letters in it
     * @param folder the set's folder, where a list may be
     * @throws IOException if a folder has the name of no class, a class has no picture, or the list names a picture
     *     that is not there; the message names it
     */
    static ClassificationSet read(Path letters, Path folder, ZeroShotSet set) throws IOException {
        SunFolder sun = new SunFolder(letters, set);
        Optional<Path> list = Stream.of(folder, letters)
                .flatMap(place -> LISTS.stream().map(place::resolve))
                .filter(Files::isRegularFile)
                .findFirst();
        SampleSource source = list.isPresent() ? sun.listed(list.get()) : sun.all();
        return new ClassificationSet(set.name(), set.classNames(), set.templates(), source);
    }

    private SampleSource all() throws IOException {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        try (Stream<Path> folders = Files.walk(root)) {
            for (Path leaf : folders.filter(SunFolder::holdsFiles).sorted().toList()) {
                if (!leaf.equals(root)) {
                    String name = slashed(root.relativize(leaf));
                    numbers.put(name, number(name, "Class folder " + leaf));
                }
            }
        }
        return SampleSource.classFolders(root, numbers, set.classNames());
    }

    private static boolean holdsFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.anyMatch(Files::isRegularFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SampleSource listed(Path list) throws IOException {
        List<ListedSample> samples = new ArrayList<>();
        try (TextLines lines = TextLines.open(list)) {
            int row = 0;
            for (String line = lines.next(); line != null; line = lines.next()) {
                row++;
                if (!line.isBlank()) {
                    samples.add(sample(line.strip(), list + ", line " + row));
                }
            }
        }
        if (samples.isEmpty()) {
            throw new IOException("The list " + list + " names no picture");
        }
        return SampleSource.listed(samples, "pictures in " + root + ", listed in " + list);
    }

    private ListedSample sample(String line, String place) throws IOException {
        String name = line.startsWith("/") ? line.substring(1) : line;
        int end = name.lastIndexOf('/');
        if (end < 0) {
            throw new IOException(place + ": \"" + line + "\" should be a picture such as /a/abbey/x.jpg");
        }
        int number = number(name.substring(0, end), place);
        Path picture = root.resolve(name).normalize();
        if (!picture.startsWith(root) || !Files.isRegularFile(picture)) {
            throw new IOException(place + ": there is no picture " + name + " in " + root);
        }
        return new ListedSample(
                name,
                picture.toString(),
                set.classNames().get(number),
                SampleMetadata.ofClass(number, set.classNames()),
                place);
    }

    /** The class of a folder such as {@code a/apartment_building/outdoor}. */
    private int number(String folder, String place) throws IOException {
        Integer number = classes.get(ClassFolderNumbers.plain(folder.substring(folder.indexOf('/') + 1)));
        if (number == null) {
            throw new IOException(place + ": the folder " + folder + " has the name of none of the " + classes.size()
                    + " classes of " + set.name());
        }
        return number;
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }
}
