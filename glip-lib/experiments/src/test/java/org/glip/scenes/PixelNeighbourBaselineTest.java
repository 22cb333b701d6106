package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.glip.data.ImageTextSample;
import org.glip.data.WebDatasetWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PixelNeighbourBaselineTest {
    @TempDir
    Path folder;

    private Path shard(String name, Object... coloursAndLabels) throws IOException {
        Path shard = folder.resolve(name);
        try (WebDatasetWriter writer = new WebDatasetWriter(shard)) {
            for (int i = 0; i < coloursAndLabels.length; i += 2) {
                Canvas canvas = new Canvas(16);
                canvas.fill((Integer) coloursAndLabels[i]);
                ImageTextSample sample =
                        ImageTextSample.of("k" + i, canvas.toImage().encodePng(), "caption");
                sample.metadata().addProperty("label", (String) coloursAndLabels[i + 1]);
                writer.write(sample);
            }
            writer.commit();
        }
        return shard;
    }

    @Test
    void givesTheLabelOfTheNearestPicture() throws IOException {
        Path train = shard(
                "train.tar",
                0xFF0000,
                "red",
                0x00FF00,
                "green",
                0x0000FF,
                "blue",
                0x000000,
                "black",
                0xFFFFFF,
                "white",
                0x808080,
                "grey");
        Path test = shard("test.tar", 0xF01010, "red", 0x10E020, "green", 0x202020, "blue", 0xFFFFFF, "black");
        PixelNeighbourBaseline.Result result = PixelNeighbourBaseline.fit(List.of(train), 100, ScenesProgress.NONE)
                .evaluate(
                        List.of(test), List.of("red", "green", "blue", "black", "white", "grey"), ScenesProgress.NONE);
        // the dark picture is called black, and white is as far from black as can be: sixth of six
        assertEquals(new PixelNeighbourBaseline.Result(4, 0.5, 0.75), result);
    }

    @Test
    void passesOverPicturesAndLabelsOutsideTheCandidates() throws IOException {
        Path train = shard("train.tar", 0xFF0000, "red", 0xFE0000, "crimson");
        Path test = shard("test.tar", 0xFE0000, "red", 0x00FF00, "green");
        PixelNeighbourBaseline.Result result = PixelNeighbourBaseline.fit(List.of(train), 100, ScenesProgress.NONE)
                .evaluate(List.of(test), List.of("red"), ScenesProgress.NONE);
        assertEquals(new PixelNeighbourBaseline.Result(1, 1, 1), result);
    }

    @Test
    void keepsNoMorePicturesThanAllowed() throws IOException {
        Path train = shard("train.tar", 0x000000, "black", 0xFF0000, "red");
        Path test = shard("test.tar", 0xFF0000, "red");
        PixelNeighbourBaseline.Result result = PixelNeighbourBaseline.fit(List.of(train), 1, ScenesProgress.NONE)
                .evaluate(List.of(test), List.of("black", "red"), ScenesProgress.NONE);
        assertEquals(0, result.top1());
    }

    @Test
    void saysHowManyThereAreAndNotHowManyThereMightBe() throws IOException {
        Path train = shard("train.tar", 0x000000, "black", 0xFF0000, "red");
        Path test = shard("test.tar", 0xFF0000, "red");
        List<String> said = new ArrayList<>();
        ScenesProgress progress = (stage, done, total) -> said.add(stage + " " + done + " of " + total);
        PixelNeighbourBaseline.fit(List.of(train), 12_000, progress)
                .evaluate(List.of(test), List.of("black", "red"), progress);
        assertEquals(
                List.of(
                        "pixel neighbours: read 1 of 2",
                        "pixel neighbours: read 2 of 2",
                        "pixel neighbours: read 1 of 1",
                        "pixel neighbours: classified 1 of 1"),
                said);
    }

    @Test
    void anInterruptEndsIt() throws IOException {
        Path train = shard("train.tar", 0x000000, "black", 0xFF0000, "red");
        assertThrows(
                CancellationException.class,
                () -> PixelNeighbourBaseline.fit(
                        List.of(train),
                        10,
                        (stage, done, total) -> Thread.currentThread().interrupt()));
        assertTrue(Thread.interrupted());
    }

    @Test
    void aSampleWithoutLabelIsNamed() throws IOException {
        Path shard = folder.resolve("plain.tar");
        try (WebDatasetWriter writer = new WebDatasetWriter(shard)) {
            writer.write(ImageTextSample.of("k", new Canvas(8).toImage().encodePng(), "caption"));
            writer.commit();
        }
        IOException failure = assertThrows(
                IOException.class, () -> PixelNeighbourBaseline.fit(List.of(shard), 10, ScenesProgress.NONE));
        assertTrue(failure.getMessage().contains("plain.tar!k"), failure.getMessage());
    }

    @Test
    void aMissingShardIsNamed() {
        Path missing = folder.resolve("missing.tar");
        IOException failure = assertThrows(
                IOException.class, () -> PixelNeighbourBaseline.fit(List.of(missing), 10, ScenesProgress.NONE));
        assertTrue(failure.getMessage().contains("missing.tar"), failure.getMessage());
    }
}
