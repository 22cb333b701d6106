package org.glip.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.glip.Clip;
import org.glip.LabelProbability;
import org.glip.Picture;
import org.glip.eval.ZeroShotClassifier;
import org.glip.files.TextLines;
import org.glip.text.PromptTemplates;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glip classify}. */
@Command(
        name = "classify",
        description = "Tell which of some labels fit pictures: a line of JSON a picture, all labels, the most likely"
                + " first.",
        footer = {
            "",
            "A picture that cannot be read is named on standard error and the others go on; the exit code is then 2."
        })
final class ClassifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private AskedModelOptions model;

    /** What a picture may show; one of the two. */
    static final class LabelList {
        @Option(
                names = "--labels",
                paramLabel = "LABELS",
                description = "What a picture may show, in words, with commas between: cat,dog,\"red car\".")
        private @Nullable String labels;

        @Option(names = "--labels-file", paramLabel = "FILE", description = "The same from a file, a label a line.")
        private @Nullable Path file;

        List<String> read() throws IOException {
            return labels != null ? split(labels) : TextLines.readAll(Objects.requireNonNull(file));
        }

        /** As a line of CSV: quotes hold a label with a comma together; an empty place is an empty label. */
        private static List<String> split(String line) throws IOException {
            CSVFormat format =
                    CSVFormat.DEFAULT.builder().setIgnoreSurroundingSpaces(true).get();
            try (CSVParser parser = CSVParser.parse(line, format)) {
                List<String> labels = parser.stream()
                        .flatMap(CSVRecord::stream)
                        .map(String::strip)
                        .toList();
                return labels.isEmpty() ? List.of("") : labels;
            } catch (UncheckedIOException e) {
                throw new IllegalArgumentException(
                        "--labels cannot be split at its commas; quotes must stand around a whole label", e);
            }
        }
    }

    @ArgGroup(multiplicity = "1")
    private LabelList labels;

    @Mixin
    private PromptOptions prompts;

    @Parameters(arity = "1..*", paramLabel = "PICTURE", description = "Picture files: JPEG, PNG, GIF or WebP.")
    private List<Path> pictures;

    @Override
    public Integer call() throws IOException {
        PromptTemplates given = prompts.given();
        List<String> offered = labels.read();
        try (Clip clip = model.open()) {
            ZeroShotClassifier classifier = clip.classifier(offered, given == null ? clip.prompts() : given);
            PrintWriter err = spec.commandLine().getErr();
            try (Progress progress = Progress.start(err, spec.name(), pictures.size());
                    PictureReport<List<LabelProbability>> report =
                            new PictureReport<>(err, progress, pictures.size(), this::print)) {
                clip.classify(Picture.files(pictures), classifier, report);
                return report.exitCode();
            }
        }
    }

    private void print(Picture picture, List<LabelProbability> answer) {
        JsonArray list = new JsonArray();
        for (LabelProbability label : answer) {
            JsonObject entry = new JsonObject();
            entry.addProperty("label", label.label());
            entry.addProperty("probability", label.probability());
            list.add(entry);
        }
        JsonObject line = new JsonObject();
        line.addProperty("picture", picture.name());
        line.add("labels", list);
        PictureReport.print(spec.commandLine().getOut(), line);
    }
}
