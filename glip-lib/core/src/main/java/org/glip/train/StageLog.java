package org.glip.train;

import com.google.gson.JsonObject;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.SyncFailedException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.glip.files.AtomicFile;
import org.glip.files.FileKeys;
import org.glip.files.Folders;
import org.glip.files.Json;
import org.glip.files.JsonException;
import org.glip.files.JsonFields;
import org.jspecify.annotations.Nullable;

/** {@code log.jsonl} in the folder of a stage of training: a line of JSON for each step. */
public final class StageLog implements AutoCloseable {
    static final String FILE = "log.jsonl";
    private static final String STEP = "step";
    private static final String SAMPLES = "samples";
    private static final String LOSS = "loss";
    private static final String VALIDATION = "validation";
    private static final String SECONDS = "seconds";
    private static final String FIGURES = "figures";

    private final Path file;
    private final FileOutputStream stream;
    private final Writer writer;
    private final @Nullable Object key;

    /**
     * What the log says of a step.
     *
     * @param step steps done so far, this one included
     * @param loss contrastive loss before the step's update
     * @param validation what the validation found after the step, where one was due
     */
    public record Line(long step, double loss, Optional<ValidationReport> validation) {}

    private StageLog(Path file) throws IOException {
        this.file = file;
        // a plain stream: a channel, which Files would open, closes itself when the thread is interrupted to stop the
        // training
        this.stream = new FileOutputStream(file.toFile(), true);
        this.writer = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
        this.key = FileKeys.of(file);
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
        Folders.create(folder);
        Path file = folder.resolve(FILE);
        if (Files.isSymbolicLink(file) && Files.exists(file)) {
            file = file.toRealPath(); // the user's link stays
        }
        String kept = stepsDone > 0 && Files.exists(file) ? linesUntil(stepsDone, file) : "";
        AtomicFile.writeText(file, kept);
        return new StageLog(file);
    }

    /** The lines up to a step. What a crash has left of a line, or in place of some, is no line and dropped. */
    private static String linesUntil(long step, Path file) throws IOException {
        StringBuilder kept = new StringBuilder();
        long last = 0;
        // byte for byte, since what a crash leaves need not be UTF-8
        for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n")) {
            String text = new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            long found = stepOf(text);
            if (found > last && found <= step) {
                kept.append(text).append('\n');
                last = found;
            }
        }
        return kept.toString();
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
            lines.add(line(Json.parse(text, file + ", line " + (lines.size() + 1))));
        }
        return lines;
    }

    private static Line line(JsonFields fields) throws JsonException {
        return new Line(fields.whole(STEP), fields.number(LOSS), validation(fields));
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

    /** The step of a line; 0 for what is no line of a log. */
    private static long stepOf(String text) {
        try {
            return line(Json.parse(text, FILE)).step;
        } catch (JsonException e) {
            return 0;
        }
    }

    /**
     * Writes the line of a step.
     *
     * @throws IOException where it cannot be written, or the log has been removed; the file is named
     */
    void add(StepReport report) throws IOException {
        JsonObject line = new JsonObject();
        line.addProperty(STEP, report.step());
        line.addProperty(SAMPLES, report.samples());
        line.addProperty(LOSS, report.loss());
        line.addProperty("lr", report.learningRate());
        line.addProperty("logit_scale", report.logitScale());
        line.addProperty("gradient_norm", Double.isFinite(report.gradientNorm()) ? report.gradientNorm() : null);
        line.addProperty("samples/s", report.samplesPerSecond());
        line.addProperty("data_wait", report.dataWait());
        line.addProperty("bad_samples", report.badSamples());
        report.validation().ifPresent(found -> line.add(VALIDATION, json(found)));
        requireInPlace();
        try {
            writer.write(line + "\n");
            writer.flush();
        } catch (IOException e) {
            throw new IOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Requires that the log is still the file under its name: into one that was removed, the system would let it write
     * to the end without a word.
     *
     * @throws IOException where it is not
     */
    void requireInPlace() throws IOException {
        if (!FileKeys.isSame(key, file)) {
            Path folder = file.toAbsolutePath().getParent();
            throw new IOException((Files.isDirectory(folder) ? file : "the folder " + folder)
                    + " was removed or replaced while the run was writing there");
        }
    }

    /** Has what was written so far brought to the disk. */
    void sync() throws IOException {
        try {
            stream.getFD().sync();
        } catch (SyncFailedException e) {
            // a log that the user has linked to something else than a file of a disk
            return;
        }
    }

    /** Takes away a log in which nothing stands. */
    void removeIfEmpty() throws IOException {
        close();
        if (FileKeys.isSame(key, file) && Files.size(file) == 0) {
            Files.delete(file);
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
