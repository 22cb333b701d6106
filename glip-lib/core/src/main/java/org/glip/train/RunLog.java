package org.glip.train;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
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
import org.glip.files.AtomicFile;

/** {@code log.jsonl}: a line of JSON for each step. */
public final class RunLog implements TrainingListener, AutoCloseable {
    /** The file's name in a run's folder. */
    public static final String FILE = "log.jsonl";

    private final Writer writer;

    private RunLog(Writer writer) {
        this.writer = writer;
    }

    /**
     * Opens the log of a run.
     *
     * @param folder the run's folder
     * @param stepsDone 0 for a new run; for one that goes on, lines of later steps are dropped, since they are done again
     * @return the log, to be closed
     * @throws IOException where the file cannot be written
     */
    public static RunLog open(Path folder, long stepsDone) throws IOException {
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
        // run
        return new RunLog(new OutputStreamWriter(new FileOutputStream(file.toFile(), true), StandardCharsets.UTF_8));
    }

    /** The step of a line; a last line that was cut off by a crash counts as one to be dropped. */
    private static long stepOf(String line) {
        try {
            return JsonParser.parseString(line).getAsJsonObject().get("step").getAsLong();
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            return Long.MAX_VALUE;
        }
    }

    @Override
    public void onStep(StepReport report) {
        JsonObject line = new JsonObject();
        line.addProperty("step", report.step());
        line.addProperty("samples", report.samples());
        line.addProperty("loss", report.loss());
        line.addProperty("lr", report.learningRate());
        line.addProperty("logit_scale", report.logitScale());
        line.addProperty("samples/s", report.samplesPerSecond());
        try {
            writer.write(line + "\n");
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + FILE + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
