package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.glip.cli.CommandRun.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder in the place of shards. */
class DataFolderTest {
    @TempDir
    Path folder;

    private Path pairs;

    @BeforeEach
    void makePairs() throws IOException {
        pairs = Files.createDirectories(folder.resolve("pairs/deep")).getParent();
        for (int i = 0; i < 8; i++) {
            Path place = i % 2 == 0 ? pairs : pairs.resolve("deep");
            Files.write(place.resolve(i + ".jpg"), TinyData.picture(new Color(30 * i, 99, 9), i));
            Files.writeString(place.resolve(i + ".txt"), "picture " + i);
        }
    }

    private CommandRun pretrain(String... data) throws IOException {
        return glip(with(
                List.of(
                        "pretrain",
                        "--model",
                        TinyData.model(folder).toString(),
                        "--out",
                        folder.resolve("run").toString(),
                        "--batch",
                        "4",
                        "--epochs",
                        "2",
                        "--warmup",
                        "1",
                        "--route",
                        "linear",
                        "--workers",
                        "1",
                        "--data"),
                data));
    }

    private CommandRun retrieval(Path data) {
        return glip(
                "evaluate",
                "--model",
                folder.resolve("run").toString(),
                "--task",
                "retrieval",
                "--route",
                "linear",
                "--workers",
                "1",
                "--data",
                data.toString(),
                "--out",
                folder.resolve("result.json").toString());
    }

    @Test
    void picturesWithCaptionsBesideThemAreTrainedOnAndTested() throws IOException {
        CommandRun trained = pretrain(pairs.toString());
        assertEquals(0, trained.code(), trained.err());
        JsonObject told = JsonParser.parseString(trained.out()).getAsJsonObject();
        assertEquals(4, told.get("steps").getAsInt(), "two epochs of eight pairs");
        assertEquals(16, told.get("samples").getAsInt());

        CommandRun tested = retrieval(pairs);
        assertEquals(0, tested.code(), tested.err());
        JsonObject provenance = JsonParser.parseString(Files.readString(folder.resolve("result.json")))
                .getAsJsonObject()
                .getAsJsonObject("provenance");
        assertEquals(
                "8 pictures with captions in " + pairs, provenance.get("data").getAsString());
    }

    @Test
    void shardsInAFolderAreReadInTheOrderOfTheirNames() throws IOException {
        Path shards = Files.createDirectory(folder.resolve("shards"));
        TinyData.shard(shards.resolve("b.tar"), 4);
        TinyData.shard(shards.resolve("a.tar"), 4);
        Files.writeString(shards.resolve("readme.txt"), "no shard");
        CommandRun trained = pretrain(shards.toString());
        assertEquals(0, trained.code(), trained.err());
        CommandRun tested = retrieval(shards);
        assertEquals(0, tested.code(), tested.err());
        assertTrue(
                Files.readString(folder.resolve("result.json"))
                        .contains("2 webdataset shards, " + shards.resolve("a.tar") + " to " + shards.resolve("b.tar")),
                Files.readString(folder.resolve("result.json")));
    }

    private void refused(CommandRun run, String... told) {
        assertEquals(2, run.code(), run.err());
        for (String part : told) {
            assertTrue(run.err().contains(part), part + " is not in: " + run.err());
        }
        assertFalse(Files.exists(folder.resolve("run/model.safetensors")));
    }

    @Test
    void aFolderWithoutShardsAndCaptionsIsRefused() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        refused(pretrain(empty.toString()), empty + " holds neither shards", "no picture");
        Files.write(empty.resolve("lonely.jpg"), TinyData.picture(Color.RED, 0));
        refused(pretrain(empty.toString()), "neither shards (.tar) nor pictures with captions", "none has its caption");
    }

    @Test
    void foldersAmongOtherNamesMeanTheirShards() throws IOException {
        Path one = Files.createDirectory(folder.resolve("one"));
        TinyData.shard(one.resolve("a.tar"), 4);
        TinyData.shard(one.resolve("b.tar"), 4);
        Path shard = TinyData.shard(folder.resolve("pairs.tar"), 4);
        CommandRun trained = pretrain(one.toString(), shard.toString());
        assertEquals(0, trained.code(), trained.err());
        JsonObject told = JsonParser.parseString(trained.out()).getAsJsonObject();
        assertEquals(24, told.get("samples").getAsInt());
    }

    @Test
    void aFolderWithoutShardsAmongOtherNamesIsRefused() throws IOException {
        Path shard = TinyData.shard(folder.resolve("pairs.tar"), 4);
        refused(pretrain(shard.toString(), pairs.toString()), pairs + " holds no shard");
    }
}
