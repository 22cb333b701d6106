package org.glip.sets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.glip.data.SampleSource;
import org.jspecify.annotations.Nullable;

/**
 * Says which class a class folder belongs to. Folders are named, in the order in which this is tried, by
 *
 * <ol>
 *   <li>the set's own folder names: WordNet ids for ImageNet-1K, -V2, -A, -R and -Sketch;
 *   <li>class numbers from 0, with leading zeros or not: ImageNet-V2, GTSRB, MNIST;
 *   <li>class names, letter case and {@code _}, {@code -} and spaces aside;
 *   <li>anything else, if there is a folder for each class: then in sorted order, as torchvision's ImageFolder numbers
 *   them.
 *       A folder that has the name of another class than its place says is an error.
 * </ol>
 *
 * <p>In the first three cases classes may be missing.
 */
final class ClassFolderNumbers {
    private final Path root;
    private final ZeroShotSet set;
    private final List<String> names;

    private ClassFolderNumbers(Path root, ZeroShotSet set) throws IOException {
        this.root = root;
        this.set = set;
        this.names = classFolders(root);
    }

    /** Lists the names of the folders in a folder, sorted. */
    private static List<String> classFolders(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new IOException("Folder " + root + " does not exist or is not a folder");
        }
        try (Stream<Path> entries = Files.list(root)) {
            List<String> names = entries.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
            if (names.isEmpty()) {
                throw new IOException("Folder " + root + " holds no class folders; there should be one for each class");
            }
            return names;
        }
    }

    /**
     * The pictures of class folders.
     *
     * @param root the folder of the class folders
     * @throws IOException if there are fewer than two class folders, one is empty, or the folders do not fit the
     *     classes; the message names the first that does not
     */
    static ClassificationSet read(Path root, ZeroShotSet set) throws IOException {
        Map<String, Integer> numbers = new ClassFolderNumbers(root, set).numbers();
        SampleSource source = SampleSource.classFolders(root, numbers, set.classNames());
        return new ClassificationSet(set.name(), set.classNames(), set.templates(), source);
    }

    private Map<String, Integer> numbers() throws IOException {
        if (names.size() < 2) {
            throw new IOException("Folder " + root + " holds only the class folder " + names.get(0)
                    + "; an evaluation needs at least two classes");
        }
        if (names.stream().allMatch(name -> name.matches("\\d{1,9}"))) {
            return all(this::byNumber);
        }
        if (!set.folders().isEmpty()) {
            return all(this::byFolder);
        }
        Map<String, Integer> classes = places(set.classNames());
        if (names.stream().allMatch(name -> classes.containsKey(plain(name)))) {
            return all(name -> classes.get(plain(name)));
        }
        return inSortedOrder(classes);
    }

    private Map<String, Integer> all(Function<String, @Nullable Integer> numberOf) throws IOException {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (String name : names) {
            Integer number = numberOf.apply(name);
            if (number == null) {
                throw new IOException("Class folder " + root.resolve(name) + " is none of the "
                        + set.classNames().size() + " classes of " + set.name() + ", whose folders are "
                        + (set.folders().isEmpty() ? "0" : set.folders().get(0) + ", ..., or 0") + " to "
                        + (set.classNames().size() - 1));
            }
            numbers.put(name, number);
        }
        return numbers;
    }

    private @Nullable Integer byNumber(String name) {
        int number = Integer.parseInt(name);
        return number < set.classNames().size() ? number : null;
    }

    private @Nullable Integer byFolder(String name) {
        int number = set.folders().indexOf(name);
        return number < 0 ? null : number;
    }

    private Map<String, Integer> inSortedOrder(Map<String, Integer> classes) throws IOException {
        if (names.size() != set.classNames().size()) {
            String stranger = names.stream()
                    .filter(name -> !classes.containsKey(plain(name)))
                    .findFirst()
                    .orElseThrow();
            throw new IOException("Folder " + root + " holds " + names.size() + " class folders, but " + set.name()
                    + " has " + set.classNames().size() + " classes, and the folder " + stranger
                    + " has the name of none");
        }
        for (int place = 0; place < names.size(); place++) {
            Integer named = classes.get(plain(names.get(place)));
            if (named != null
                    && named != place
                    && !plain(set.classNames().get(place)).equals(plain(names.get(place)))) {
                throw new IOException("Class folder " + root.resolve(names.get(place)) + " is number " + place
                        + " in sorted order, but its name is that of class " + named + " of " + set.name()
                        + "; name the folders by the classes, or by their numbers from 0");
            }
        }
        return IntStream.range(0, names.size())
                .collect(LinkedHashMap::new, (map, place) -> map.put(names.get(place), place), Map::putAll);
    }

    private static Map<String, Integer> places(List<String> classNames) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int number = 0; number < classNames.size(); number++) {
            places.putIfAbsent(plain(classNames.get(number)), number);
        }
        return places;
    }

    /** A name without regard to letter case and to what is between its words. */
    static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[_\\-/\\s]+", " ").strip();
    }
}
