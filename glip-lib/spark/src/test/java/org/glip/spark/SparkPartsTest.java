package org.glip.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.glip.engine.Torch;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.model.ModelFolder;
import org.glip.parts.Part;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts as tasks of a Spark in this process, two at a time. */
class SparkPartsTest {
    private static final int PARTS = 3;

    /** 16 px in patches of 4. */
    private static final String MODEL = """
            {
              "embed_dim": 16,
              "vision_cfg": {"image_size": 16, "patch_size": 4, "width": 16, "layers": 1, "head_width": 8},
              "text_cfg": {"context_length": 12, "vocab_size": 49408, "width": 16, "heads": 2, "layers": 1}
            }
            """;

    @TempDir
    static Path folder;

    private static JavaSparkContext context;

    @BeforeAll
    static void start() throws IOException {
        context = new JavaSparkContext(new SparkConf()
                .setAppName("test")
                .setMaster("local[2,2]") // two threads, two tries
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.local.dir", folder.resolve("spark").toString()));
        try (NDManager manager = Torch.newManager();
                ClipModel clip = ClipModel.create(ClipConfig.parse(MODEL, "the test"), 3, manager)) {
            ModelFolder.write(folder.resolve("model"), clip, Map.of());
        }
        Files.write(folder.resolve("pictures.txt"), pictures());
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static List<String> pictures() throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            BufferedImage picture = new BufferedImage(20, 18, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = picture.createGraphics();
            graphics.setColor(new Color(3 * i, 90, 9));
            graphics.fillRect(i % 12, i % 7, 9, 9);
            graphics.dispose();
            ImageIO.write(picture, "png", folder.resolve(i + ".png").toFile());
            names.add(i + ".png");
        }
        return names;
    }

    private static CommandTask embed(String out) {
        return new CommandTask(List.of(
                "embed",
                "--model",
                folder.resolve("model").toString(),
                "--images",
                folder.resolve("pictures.txt").toString(),
                "--route",
                "linear",
                "--out",
                folder.resolve(out).toString()));
    }

    @Test
    void filesAreThoseOfOneProcessAlsoAfterTasksFailed() throws IOException {
        embed("one").run();
        CommandTask command = embed("merged");
        SparkParts.run(context, PARTS, part -> {
            boolean first = TaskContext.get().attemptNumber() == 0;
            if (first && part.number() == 1) {
                throw new IOException("a machine is lost before the work");
            }
            command.run(part);
            if (first && part.number() == 2) {
                throw new IOException("a machine is lost after the work, before it could say so");
            }
        });
        command.run("--merge", Integer.toString(PARTS));
        assertArrayEquals(Files.readAllBytes(folder.resolve("one")), Files.readAllBytes(folder.resolve("merged")));
    }

    @Test
    void aTaskThatFailsForGoodTellsWhatTheCommandSaid() {
        CommandTask command = new CommandTask(List.of(
                "embed",
                "--model",
                "nowhere",
                "--texts",
                "none.txt",
                "--out",
                folder.resolve("never").toString()));
        Exception failure = assertThrows(SparkException.class, () -> {
            SparkParts.run(context, 1, command);
        });
        assertTrue(failure.getMessage().contains("the model nowhere does not exist"), failure.getMessage());
    }

    @Test
    void everyPartIsDone() {
        SparkParts.run(context, PARTS, part -> Files.createFile(folder.resolve("done-" + part.number())));
        for (Part part : Part.all(PARTS)) {
            assertTrue(Files.exists(folder.resolve("done-" + part.number())), part.toString());
        }
    }

    @Test
    void refusesWhatIsNoCommandOfParts() {
        for (String[] wrong : new String[][] {{}, {"8"}, {"0", "embed"}, {"embed", "8"}, {"8", "pretrain"}}) {
            String told = assertThrows(IllegalArgumentException.class, () -> GlipOnSpark.main(wrong))
                    .getMessage();
            assertEquals(0, told.indexOf("give the number of parts and a command"), told);
        }
    }
}
