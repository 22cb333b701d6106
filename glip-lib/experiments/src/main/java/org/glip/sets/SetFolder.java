package org.glip.sets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of one evaluation set, in whichever of the usual forms it is:
 *
 * <ul>
 *   <li>CLIP_benchmark's webdataset form, for any set: {@code test/nshards.txt}, {@code test/0.tar}, ...;
 *   <li>{@code mscoco_captions}, {@code flickr30k}, {@code flickr8k}: {@code dataset_coco.json},
 *   {@code dataset_flickr30k.json},
 *       {@code dataset_flickr8k.json} beside the pictures ({@code val2014/}, {@code flickr30k-images/},
 *       {@code images/});
 *   <li>{@code objectnet}: {@code images/} and {@code mappings/}, or the folder {@code objectnet-1.0} with them;
 *   <li>{@code voc2007_multilabel}: {@code VOCdevkit/VOC2007/} as it unpacks; {@code sun397}: {@code SUN397/} likewise;
 *   <li>other sets of {@link ZeroShotSet}: a folder for each class, in {@code test/}, {@code val/} or the folder
 *   itself;
 *       ImageNet's {@code val/} may be flat where {@code LOC_val_solution.csv}, {@code val.txt} or the development kit
 *       ({@code ILSVRC2012_devkit_t12/}) tells the classes.
 * </ul>
 */
public final class SetFolder {
    private static final Map<String, String> CAPTION_FILES = Map.of(
            "mscoco_captions", "dataset_coco.json",
            "flickr30k", "dataset_flickr30k.json",
            "flickr8k", "dataset_flickr8k.json");

    /** Where class folders lie, first come, first served; ImageNet-V2 and -Sketch unpack into a folder of that name. */
    private static final List<String> CLASS_ROOTS = List.of(
            "test",
            "val",
            "ILSVRC/Data/CLS-LOC/val",
            "imagenetv2-matched-frequency-format-val",
            "ImageNetV2-matched-frequency",
            "sketch",
            "");

    private static final List<String> LABEL_FILES = List.of("LOC_val_solution.csv", "val.txt");

    private SetFolder() {}

    /**
     * Opens the test pictures of a set.
     *
     * @param name CLIP_benchmark's name of the set; any name for a folder in webdataset form
     * @param folder the folder of this set
     * @return the set
     * @throws IllegalArgumentException if the name is not known and the folder does not tell by itself
     * @throws IOException if the folder does not exist, or what is in it is incomplete or wrong; the message names the
     *     file
     */
    public static EvaluationSet open(String name, Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("Folder " + folder + " of the set " + name + " does not exist or is not a folder");
        }
        if (BenchmarkShards.areIn(folder)) {
            return BenchmarkShards.read(name, folder);
        }
        if (CAPTION_FILES.containsKey(name)) {
            Path captions = folder.resolve(CAPTION_FILES.get(name));
            if (!Files.isRegularFile(captions)) {
                throw new IOException("Folder " + folder + " of the set " + name + " holds neither "
                        + captions.getFileName() + " nor test/nshards.txt");
            }
            return new RetrievalSet(name, KarpathySplit.read(captions, folder, "test"));
        }
        if (name.equals(ObjectNet.NAME)) {
            Path unpacked = folder.resolve("objectnet-1.0");
            return ObjectNet.read(Files.isDirectory(unpacked) ? unpacked : folder);
        }
        if (name.equals(VocFolder.NAME)) {
            return VocFolder.read(folder);
        }
        return classification(ZeroShotSet.named(name), folder);
    }

    private static ClassificationSet classification(ZeroShotSet set, Path folder) throws IOException {
        Optional<Path> letters = set.name().equals(SunFolder.NAME) ? SunFolder.letters(folder) : Optional.empty();
        if (letters.isPresent()) {
            return SunFolder.read(letters.get(), folder, set);
        }
        Path pictures = CLASS_ROOTS.stream()
                .map(folder::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(folder);
        Optional<Path> labels = LABEL_FILES.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
        if (hasFolders(pictures)) {
            return ClassFolderNumbers.read(pictures, set);
        }
        Optional<Path> kit = ImageNetDevkit.find(folder);
        if (labels.isEmpty() && kit.isPresent()) {
            return ImageNetDevkit.read(kit.get(), pictures, set);
        }
        return labels.isPresent()
                ? LabelFile.read(labels.get(), pictures, set)
                : ClassFolderNumbers.read(pictures, set);
    }

    private static boolean hasFolders(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.anyMatch(Files::isDirectory);
        }
    }
}
