package org.glip.data;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder with a folder of pictures for each class, as ImageNet is usually laid out: {@code val/n01440764/x.JPEG}.
 *
 * <p>Classes are the folders sorted by name, as torchvision's ImageFolder numbers them. The caption of a sample is the name of
 * its class, and its metadata hold {@code "label"} (the name) and {@code "class"} (the number, from 0).
 */
public final class ClassFolderSource implements SampleSource {
    private final Path root;
    private final List<String> classNames;
    private final List<ListedSample> pictures;

    /**
     * Lists classes and pictures.
     *
     * @param root the folder of the class folders
     * @throws IOException if there is no such folder, no class folder in it, or a class without a picture
     */
    public ClassFolderSource(Path root) throws IOException {
        this.root = root;
        this.classNames = classFolders(root);
        List<ListedSample> found = new ArrayList<>();
        for (int number = 0; number < classNames.size(); number++) {
            String name = classNames.get(number);
            List<Path> files = PictureFiles.in(root.resolve(name));
            if (files.isEmpty()) {
                throw new IOException("Class folder " + root.resolve(name) + " holds no picture");
            }
            JsonObject metadata = new JsonObject();
            metadata.addProperty("label", name);
            metadata.addProperty("class", number);
            for (Path file : files) {
                found.add(new ListedSample(
                        PictureFiles.key(root, file), file.toString(), name, metadata, file.toString()));
            }
        }
        this.pictures = List.copyOf(found);
    }

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

    /** The names of the classes; a sample's {@code "class"} is an index of this list. */
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public SampleStream open(long epoch, SampleOrder order, SkipLog skipped) {
        return new ListStream(
                order.indices(pictures.size(), epoch),
                index -> pictures.get(index).load(skipped));
    }

    @Override
    public long countSamples() {
        return pictures.size();
    }

    @Override
    public String describe() {
        return pictures.size() + " pictures of " + classNames.size() + " classes in " + root;
    }
}
