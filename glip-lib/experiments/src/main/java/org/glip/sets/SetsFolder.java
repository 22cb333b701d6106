package org.glip.sets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder with a folder for each evaluation set, under CLIP_benchmark's name ({@code imagenet-a/}) or the name under
 * which it publishes the set ({@code wds_imagenet-a/}, {@code wds_vtab-pets/}). What is in them, {@link SetFolder}
 * says.
 *
 * @param root the folder
 */
public record SetsFolder(Path root) {
    /**
     * Returns ImageNet-1K and its five robustness sets, as the paper lists them.
     *
     * @return their names
     */
    public static List<String> imageNetRobustness() {
        return List.of("imagenet1k", "imagenetv2", "imagenet-a", "imagenet-r", "objectnet", "imagenet_sketch");
    }

    /**
     * Returns the sets on which the paper reports retrieval.
     *
     * @return their names
     */
    public static List<String> retrieval() {
        return List.of("flickr30k", "mscoco_captions");
    }

    /**
     * Returns the folder of a set.
     *
     * @param name CLIP_benchmark's name
     * @return its folder, or nothing if the set is not here
     */
    public Optional<Path> find(String name) {
        String plain = NamedSets.plain(name);
        // caltech101 has another order of classes in VTAB, so that the one may not stand in for the other
        String published =
                switch (plain) {
                    case "caltech101" -> "wds_caltech101";
                    case "caltech101_vtab" -> "wds_vtab-caltech101";
                    default -> "wds_vtab-" + plain;
                };
        return Stream.of(plain, "wds_" + plain, published)
                .map(root::resolve)
                .filter(Files::isDirectory)
                .findFirst();
    }

    /**
     * Opens a set.
     *
     * @param name CLIP_benchmark's name
     * @return the set, or nothing if it is not here
     * @throws IOException if it is here and is incomplete or wrong
     */
    public Optional<EvaluationSet> open(String name) throws IOException {
        Optional<Path> folder = find(name);
        return folder.isPresent() ? Optional.of(SetFolder.open(name, folder.get())) : Optional.empty();
    }
}
