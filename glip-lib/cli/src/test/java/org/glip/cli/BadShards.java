package org.glip.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Two shards, {@code t-0.tar} and {@code t-1.tar}: the first is cut, one picture in five is none. */
final class BadShards {
    private static final int RECORD = 512;

    /** Pictures before the cut, the last of them without its other half. */
    private static final int KEPT = 13;

    private BadShards() {}

    static void write(Path folder) throws IOException {
        Path whole = TinyData.shard(folder.resolve("whole.tar"), 20);
        byte[] content = Files.readAllBytes(whole);
        int pictures = 0;
        int cut = 0;
        for (int i = 0; i < content.length; i += RECORD) {
            boolean isJpeg = (content[i] & 0xFF) == 0xFF && (content[i + 1] & 0xFF) == 0xD8;
            if (isJpeg && pictures % 5 == 0) {
                content[i] = 7;
            }
            pictures += isJpeg ? 1 : 0;
            if (isJpeg && pictures == KEPT) {
                cut = i + RECORD / 2;
            }
        }
        Files.write(folder.resolve("t-0.tar"), Arrays.copyOf(content, cut));
        Files.write(folder.resolve("t-1.tar"), content);
        Files.delete(whole);
    }

    /** A result but for the moment and the command line that made it. */
    static String timeless(Path result) throws IOException {
        JsonObject json = JsonParser.parseString(Files.readString(result)).getAsJsonObject();
        json.getAsJsonObject("provenance").remove("date");
        json.getAsJsonObject("provenance").remove("command");
        return json.toString();
    }
}
