package org.glip.sets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.glip.data.SampleSource;
import org.glip.files.TextLines;
import org.glip.text.PromptTemplates;
import org.jspecify.annotations.Nullable;

/**
 * A set in the webdataset form that CLIP_benchmark writes and publishes:
 *
 * <pre>
 * test/nshards.txt, test/0.tar, test/1.tar, ...    members KEY.webp|png|jpg with KEY.cls, or with KEY.txt, a caption a
 * line classnames.txt                                   a class name a line
 * zeroshot_classification_templates.txt            a prompt a line, {c} where the class name goes
 * dataset_type.txt                                 "retrieval"; "multilabel" is refused; absent for a classification
 * </pre>
 */
final class BenchmarkShards {
    private static final String SHARD_COUNT = "test/nshards.txt";
    private static final String CLASS_NAMES = "classnames.txt";
    private static final String TEMPLATES = "zeroshot_classification_templates.txt";
    private static final int MOST_SHARDS = 100_000;

    private final String name;
    private final Path folder;

    private BenchmarkShards(String name, Path folder) {
        this.name = name;
        this.folder = folder;
    }

    /** Whether a folder has this form. */
    static boolean areIn(Path folder) {
        return Files.isRegularFile(folder.resolve(SHARD_COUNT));
    }

    /**
     * Opens the set.
     *
     * @throws IOException if a file is missing or wrong; the message names it and the line
     */
    static EvaluationSet read(String name, Path folder) throws IOException {
        return new BenchmarkShards(name, folder).read();
    }

    private EvaluationSet read() throws IOException {
        List<String> typeLines = lines("dataset_type.txt");
        String type = typeLines == null
                ? "classification"
                : String.join(" ", typeLines).toLowerCase(Locale.ROOT);
        return switch (type) {
            case "classification" -> {
                List<Path> shards = shards();
                List<String> classNames = classNames();
                yield new ClassificationSet(
                        name, classNames, templates(), SampleSource.labelledShards(shards, classNames));
            }
            case "retrieval" -> new RetrievalSet(name, SampleSource.captionedShards(shards()));
            default ->
                throw new IOException(folder.resolve("dataset_type.txt") + " says \"" + type
                        + "\"; sets with one class a picture and retrieval sets can be evaluated");
        };
    }

    private List<Path> shards() throws IOException {
        List<String> lines = lines(SHARD_COUNT);
        String text = lines == null || lines.isEmpty() ? "" : lines.get(0);
        int count = text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
        if (count < 1 || count > MOST_SHARDS) {
            throw new IOException(
                    folder.resolve(SHARD_COUNT) + " should hold the number of shards, not \"" + text + "\"");
        }
        List<Path> shards = IntStream.range(0, count)
                .mapToObj(number -> folder.resolve("test").resolve(number + ".tar"))
                .toList();
        for (Path shard : shards) {
            if (!Files.isRegularFile(shard)) {
                throw new IOException(
                        "Shard " + shard + " is missing; " + SHARD_COUNT + " says that there are " + count);
            }
        }
        return shards;
    }

    private List<String> classNames() throws IOException {
        List<String> names = lines(CLASS_NAMES);
        if (names == null) {
            throw new IOException(folder + " lacks " + CLASS_NAMES + ", a class name a line");
        }
        requireNoBlank(names, CLASS_NAMES);
        if (names.size() < 2) {
            throw new IOException(folder.resolve(CLASS_NAMES) + " should name at least two classes, not " + names);
        }
        return names;
    }

    private PromptTemplates templates() throws IOException {
        List<String> lines = lines(TEMPLATES);
        if (lines == null) {
            if (ZeroShotSet.names().contains(NamedSets.plain(name))) {
                return ZeroShotSet.named(name).templates();
            }
            throw new IOException(folder + " lacks " + TEMPLATES + ", and there are no known templates for " + name);
        }
        requireNoBlank(lines, TEMPLATES);
        List<String> templates = new ArrayList<>();
        for (int line = 0; line < lines.size(); line++) {
            if (!lines.get(line).contains("{c}")) {
                throw new IOException(folder.resolve(TEMPLATES) + ", line " + (line + 1) + ": \"" + lines.get(line)
                        + "\" needs {c} where the class name goes");
            }
            templates.add(lines.get(line).replace("{c}", "{}"));
        }
        return new PromptTemplates(templates);
    }

    private void requireNoBlank(List<String> lines, String file) throws IOException {
        int blank = lines.indexOf("");
        if (blank >= 0) {
            throw new IOException(folder.resolve(file) + ", line " + (blank + 1) + " is empty");
        }
        if (lines.isEmpty()) {
            throw new IOException(folder.resolve(file) + " is empty");
        }
    }

    /** The lines of a file without blank ones at its end; null if there is no such file. */
    private @Nullable List<String> lines(String file) throws IOException {
        Path path = folder.resolve(file);
        if (!Files.isRegularFile(path)) {
            return null;
        }
        List<String> all = new ArrayList<>();
        int count = 0;
        try (TextLines lines = TextLines.open(path)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                all.addAll(TextLines.split(line));
                count = line.isEmpty() ? count : all.size();
            }
        }
        return List.copyOf(all.subList(0, count));
    }
}
