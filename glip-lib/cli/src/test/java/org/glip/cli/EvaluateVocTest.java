package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.glip.cli.CommandRun.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.glip.sets.ZeroShotSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateVocTest {
    @TempDir
    Path folder;

    private CommandRun evaluate(String task, String... more) throws IOException {
        Path root = folder.resolve("VOCdevkit/VOC2007");
        SetFiles.picture(root.resolve("JPEGImages/000001.jpg"), 1);
        SetFiles.picture(root.resolve("JPEGImages/000002.jpg"), 2);
        Files.createDirectories(root.resolve("ImageSets/Main"));
        for (String name : ZeroShotSet.named("voc2007").classNames()) {
            Files.writeString(root.resolve("ImageSets/Main/" + name + "_test.txt"), "000001 1\n000002 1\n");
        }
        return glip(with(
                List.of(
                        "evaluate",
                        "--model",
                        TinyModel.write(folder).toString(),
                        "--data",
                        folder.toString(),
                        "--set",
                        "voc2007_multilabel",
                        "--out",
                        folder.resolve("result.json").toString(),
                        "--workers",
                        "1",
                        "--route",
                        "linear",
                        "--task",
                        task),
                more));
    }

    @Test
    void severalClassesAPictureAreRanked() throws IOException {
        CommandRun run = evaluate("zero-shot");
        assertEquals(0, run.code(), run.err());
        JsonObject metrics = JsonParser.parseString(run.out()).getAsJsonObject();
        assertEquals(Set.of("mean average precision", "mean 11-point average precision"), metrics.keySet());
        assertEquals(1, metrics.get("mean average precision").getAsDouble(), 1e-12, "all pictures show all classes");
    }

    @Test
    void whatNeedsOneClassAPictureIsRefused() throws IOException {
        CommandRun perClass = evaluate(
                "zero-shot", "--per-class", folder.resolve("classes.csv").toString());
        assertEquals(2, perClass.code());
        assertTrue(perClass.err().contains("have several classes each; leave it out"), perClass.err());
        CommandRun retrieval = evaluate("retrieval");
        assertEquals(2, retrieval.code());
        assertTrue(retrieval.err().contains("has classes and no captions"), retrieval.err());
    }
}
