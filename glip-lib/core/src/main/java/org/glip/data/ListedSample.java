package org.glip.data;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.glip.data.SkipLog.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A sample of which the picture still lies in a file of its own.
 *
 * @param key the name of the sample within its source
 * @param picture the file of the picture, or empty if none is named
 * @param caption the text, perhaps empty, or null if there is none
 * @param metadata what else is known
 * @param origin for messages
 */
public record ListedSample(
        String key, String picture, @Nullable String caption, JsonObject metadata, String origin) {
    /** Returns the key of a picture in a folder: its path there, with slashes, without the ending. */
    static String key(Path folder, Path picture) {
        String name = folder.relativize(picture).toString().replace('\\', '/');
        return name.substring(0, name.lastIndexOf('.'));
    }

    /**
     * Reads the picture.
     *
     * @param skipped counts the sample if it cannot be used
     * @return the sample, or null if it cannot be used
     */
    public @Nullable ImageTextSample load(SkipLog skipped) {
        if (caption == null) {
            return leaveOut(skipped, Reason.NO_CAPTION, "");
        }
        String text = caption.strip();
        if (text.isEmpty()) {
            return leaveOut(skipped, Reason.EMPTY_CAPTION, "");
        }
        if (picture.isEmpty()) {
            return leaveOut(skipped, Reason.NO_IMAGE, "");
        }
        Path file = Path.of(picture);
        try {
            if (!Files.isRegularFile(file)) {
                return leaveOut(skipped, Reason.MISSING_FILE, picture + " does not exist");
            }
            long size = Files.size(file);
            if (size > ImageTextSample.MAX_FILE_BYTES) {
                return leaveOut(skipped, Reason.TOO_LARGE, picture + " has " + size + " bytes");
            }
            return new ImageTextSample(key, Files.readAllBytes(file), text, metadata, origin);
        } catch (ClosedByInterruptException e) {
            throw new UncheckedIOException(e); // the loader is being closed; nothing is wrong with the file
        } catch (IOException e) {
            return leaveOut(skipped, Reason.MISSING_FILE, e.toString());
        }
    }

    private @Nullable ImageTextSample leaveOut(SkipLog skipped, Reason reason, String detail) {
        skipped.skip(reason, origin, detail);
        return null;
    }
}
