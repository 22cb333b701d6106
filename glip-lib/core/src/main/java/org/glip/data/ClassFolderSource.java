package org.glip.data;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.glip.image.ImageDecoder;

/**
 * A folder with a folder of pictures for each class, as ImageNet is usually laid out: {@code val/n01440764/x.JPEG}.
 *
 * <p>Classes are the folders sorted by name, as torchvision's ImageFolder numbers them. The caption of a sample is the name of
 * its class, and its metadata hold {@code "label"} (the name) and {@code "class"} (the number, from 0).
 */
public final class ClassFolderSource implements SampleSource {
    private final List<String> classNames;
    private final ListedSource pictures;

    /**
     * Lists classes and pictures.
     *
     * @param root the folder of the class folders
     * @throws IOException if there is no such folder, no class folder in it, or a class without a picture
     */
    public ClassFolderSource(Path root) throws IOException {
        this(root, classFolders(root));
    }

    private ClassFolderSource(Path root, List<String> folders) throws IOException {
        this(
                root,
                IntStream.range(0, folders.size())
                        .boxed()
                        .collect(Collectors.toMap(folders::get, number -> number, (a, b) -> a, LinkedHashMap::new)),
                folders);
    }

    /**
     * Lists the pictures of class folders that are numbered already.
     *
     * @param root the folder of the class folders
     * @param numbers the class number of each folder that counts, by its name, in the order in which they are read
     * @param classNames what the classes are called, which may be otherwise than their folders
     * @throws IOException if a folder is missing or holds no picture
     */
    public ClassFolderSource(Path root, Map<String, Integer> numbers, List<String> classNames) throws IOException {
        this.classNames = List.copyOf(classNames);
        List<ListedSample> found = new ArrayList<>();
        for (Map.Entry<String, Integer> folder : numbers.entrySet()) {
            List<Path> files = ImageDecoder.picturesIn(root.resolve(folder.getKey()));
            if (files.isEmpty()) {
                throw new IOException("Class folder " + root.resolve(folder.getKey()) + " holds no picture");
            }
            JsonObject metadata = ClassLabel.of(folder.getValue(), classNames);
            String name = classNames.get(folder.getValue());
            for (Path file : files) {
                found.add(new ListedSample(
                        ListedSample.key(root, file), file.toString(), name, metadata, file.toString()));
            }
        }
        this.pictures = new ListedSource(found, "pictures of " + numbers.size() + " classes in " + root);
    }

    /**
     * The class folders in a folder.
     *
     * @param root the folder of the class folders
     * @return their names, sorted
     * @throws IOException if there is no such folder, or no class folder in it
     */
    public static List<String> classFolders(Path root) throws IOException {
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

    /** {@return the names of the classes; a sample's {@code "class"} is an index of this list} */
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public SampleStream open(long epoch, SampleOrder order, SkipLog skipped) {
        return pictures.open(epoch, order, skipped);
    }

    @Override
    public long countSamples() {
        return pictures.countSamples();
    }

    @Override
    public String describe() {
        return pictures.describe();
    }
}
