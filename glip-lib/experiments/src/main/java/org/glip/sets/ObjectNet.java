package org.glip.sets;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.glip.data.SampleSource;
import org.glip.files.Json;
import org.glip.files.JsonException;
import org.glip.text.PromptTemplates;

/**
 * ObjectNet as its archive unpacks: {@code images/} with a folder a class, and {@code mappings/} with two JSON files,
 * {@code folder_to_objectnet_label.json} and {@code objectnet_to_imagenet_1k.json}. As in CLIP_benchmark, the classes
 * that ImageNet has too count (113 of 313), in the order of their folders, by ObjectNet's names in lower case, and with
 * ImageNet's eighty prompts. The names come from the set, since its licence keeps them with it.
 */
final class ObjectNet {
    /** CLIP_benchmark's name of the set. */
    static final String NAME = "objectnet";

    private static final String LABELS = "folder_to_objectnet_label.json";
    private static final String COMMON = "objectnet_to_imagenet_1k.json";

    private ObjectNet() {}

    /**
     * Opens the set.
     *
     * @param folder the folder {@code objectnet-1.0}
     * @throws IOException if a mapping is missing, damaged or names a class without a folder, or a class has no picture
     */
    static ClassificationSet read(Path folder) throws IOException {
        Path mappings = folder.resolve("mappings");
        Map<String, String> folderOfLabel = new HashMap<>();
        texts(mappings.resolve(LABELS)).forEach((directory, label) -> folderOfLabel.put(label, directory));
        Map<String, String> labelOfFolder = new TreeMap<>();
        for (String label : texts(mappings.resolve(COMMON)).keySet()) {
            String directory = folderOfLabel.get(label);
            if (directory == null) {
                throw new IOException(
                        mappings.resolve(COMMON) + ": the class \"" + label + "\" has no folder in " + LABELS);
            }
            labelOfFolder.put(directory, label);
        }
        if (labelOfFolder.size() < 2) {
            throw new IOException(mappings.resolve(COMMON) + " should name at least two classes");
        }
        List<String> classNames = new ArrayList<>();
        Map<String, Integer> numbers = new LinkedHashMap<>();
        labelOfFolder.forEach((directory, label) -> {
            numbers.put(directory, classNames.size());
            classNames.add(label.toLowerCase(Locale.ROOT));
        });
        SampleSource source = SampleSource.classFolders(folder.resolve("images"), numbers, classNames);
        return new ClassificationSet(NAME, classNames, PromptTemplates.openAiImageNet(), source);
    }

    private static Map<String, String> texts(Path file) throws IOException {
        try {
            return Json.read(file).allTexts();
        } catch (JsonException e) {
            throw new IOException(file + " should be a JSON object of texts: " + e.getMessage(), e);
        }
    }
}
