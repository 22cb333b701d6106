package org.glip.train;

import com.google.gson.JsonObject;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.glip.files.AtomicFile;
import org.glip.files.Json;
import org.glip.files.JsonException;
import org.glip.files.JsonFields;

/** {@code log.jsonl} in the folder of a stage of training: a line of JSON for each step. */
public final class StageLog implements AutoCloseable {
    static final String FILE = "log.jsonl";
    private static final String STEP = "step";
    private static final String SAMPLES = "samples";
    private static final String LOSS = "loss";
    private static final String VALIDATION = "validation";
    private static final String SECONDS = "seconds";
    private static final String FIGURES = "figures";

    private final Writer writer;

    /**
     * What the log says of a step.
     *
     * @param step steps done so far, this one included
     * @param loss contrastive loss before the step's update
     * @param validation what the validation found after the step, where one was due
     */
    public record Line(long step, double loss, Optional<ValidationReport> validation) {}

    private StageLog(Writer writer) {
        this.writer = writer;
    }

    /**
     * Opens the log of a run.
     *
     * @param folder the run's folder
     * @param stepsDone 0 for a new run; for one that goes on, lines of later steps are dropped, since they are done
     *     again
     * @return the log, to be closed
     * @throws IOException where the file cannot be written
     */
    static StageLog open(Path folder, long stepsDone) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(FILE);
        List<String> kept = new ArrayList<>();
        if (stepsDone > 0 && Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                if (stepOf(line) <= stepsDone) {
                    kept.add(line + "\n");
                }
            }
        }
        AtomicFile.writeText(file, String.join("", kept));
        // a plain stream: a channel, which Files would open, closes itself when the thread is interrupted to stop the
        // training
        return new StageLog(new OutputStreamWriter(new FileOutputStream(file.toFile(), true), StandardCharsets.UTF_8));
    }

    /**
     * Reads a log.
     *
     * @param folder the stage's folder
     * @return the steps, in their order
     * @throws IOException where the log is missing or a line is damaged; file and line are named
     */
    public static List<Line> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        List<Line> lines = new ArrayList<>();
        for (String text : Files.readAllLines(file)) {
            JsonFields line = Json.parse(text, file + ", line " + (lines.size() + 1));
            lines.add(new Line(line.whole(STEP), line.number(LOSS), validation(line)));
        }
        return lines;
    }

    private static Optional<ValidationReport> validation(JsonFields line) throws JsonException {
        if (!line.has(VALIDATION)) {
            return Optional.empty();
        }
        JsonFields found = line.object(VALIDATION);
        return Optional.of(new ValidationReport(
                line.whole(SAMPLES),
                found.number(SECONDS),
                found.object(FIGURES).allNumbers()));
    }

    /** The step of a line; a last line that was cut off by a crash counts as one to be dropped. */
    private static long stepOf(String line) {
        try {
            return Json.parse(line, FILE).whole(STEP);
        } catch (JsonException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Writes the line of a step. */
    void add(StepReport report) {
        JsonObject line = new JsonObject();
        line.addProperty(STEP, report.step());
        line.addProperty(SAMPLES, report.samples());
        line.addProperty(LOSS, report.loss());
        line.addProperty("lr", report.learningRate());
        line.addProperty("logit_scale", report.logitScale());
        line.addProperty("samples/s", report.samplesPerSecond());
        report.validation().ifPresent(found -> line.add(VALIDATION, json(found)));
        try {
            writer.write(line + "\n");
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + FILE + ": " + e.getMessage(), e);
        }
    }

    private static JsonObject json(ValidationReport found) {
        JsonObject figures = new JsonObject();
        found.figures().forEach(figures::addProperty);
        JsonObject json = new JsonObject();
        json.addProperty(SECONDS, found.seconds());
        json.add(FIGURES, figures);
        return json;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
