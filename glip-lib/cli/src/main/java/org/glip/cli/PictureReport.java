package org.glip.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.function.BiConsumer;
import org.glip.Picture;
import picocli.CommandLine.ExitCode;

/**
 * What a command tells about many pictures: a line on standard error for each that cannot be read, at the end how many
 * those were, and the exit code.
 */
final class PictureReport<R> implements Picture.Listener<R>, AutoCloseable {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private final PrintWriter err;
    private final Progress progress;
    private final long total;
    private final BiConsumer<Picture, R> found;
    private long done;
    private long failures;

    /**
     * @param err standard error
     * @param progress shown meanwhile
     * @param total pictures to come
     * @param found takes what was made of a picture
     */
    PictureReport(PrintWriter err, Progress progress, long total, BiConsumer<Picture, R> found) {
        this.err = err;
        this.progress = progress;
        this.total = total;
        this.found = found;
    }

    @Override
    public void done(Picture picture, R result) {
        found.accept(picture, result);
        done++;
        progress.add(1, total);
    }

    @Override
    public void failed(Picture picture, IOException reason) {
        failures++;
        err.println("glip: " + reason.getMessage());
        progress.add(1, total);
    }

    /** Tells whether every picture could be read. */
    int exitCode() {
        return failures == 0 ? ExitCode.OK : ExitCode.USAGE;
    }

    /** Says at the end how many could not be read, if any. */
    @Override
    public void close() {
        if (failures > 0) {
            err.println("glip: " + failures + " of " + total + " pictures could not be read, " + done + " are done");
        }
    }

    /**
     * Writes a line of JSON, at once, so that who reads along gets it.
     *
     * @throws UncheckedIOException if nobody reads any more, so that nothing is computed in vain
     */
    static void print(PrintWriter out, JsonObject line) {
        out.println(GSON.toJson(line));
        if (out.checkError()) {
            String message = "standard output cannot be written";
            throw new UncheckedIOException(message, new IOException(message));
        }
    }
}
