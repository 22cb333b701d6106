package org.glip.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each program does what it says. */
class ExamplesTest {
    private static final String[] CLASSIFY = {
        TrainedModel.FOLDER.toString(),
        TrainedModel.PHOTO.toString(),
        "blue disc",
        "red disc",
        "green disc",
        "yellow disc"
    };

    @Test
    void masksAreDrawn() throws Exception {
        List<String> lines = Printed.by(() -> SampleMasks.main(new String[0]));
        assertEquals(
                List.of(
                        "random 75%: 49 of 196 patches stay",
                        "gaussian 75%, sigma 0.2 (variance): 49 of 196 patches stay"),
                lines.stream().filter(line -> line.contains("patches")).toList());
        String drawn = String.join(
                "", lines.stream().filter(line -> line.matches("[#.]{14}")).toList());
        assertEquals(6 * 49, drawn.chars().filter(c -> c == '#').count());
        assertEquals(6 * 147, drawn.chars().filter(c -> c == '.').count());
        assertTrue(lines.contains("a patch in the middle stays 0.25 of the time"), () -> String.join("\n", lines));
    }

    @Test
    void trainingLeavesAModel() {
        List<String> log = TrainedModel.LOG;
        assertTrue(log.get(0).matches("step 10 of 40: loss \\d\\.\\d\\d"), log.get(0));
        assertEquals("the model is in " + TrainedModel.FOLDER, log.get(log.size() - 1));
        assertTrue(Files.isRegularFile(TrainedModel.FOLDER.resolve("log.jsonl")));
    }

    @Test
    void theTrainedModelNamesAColour() throws Exception {
        List<String> lines = Printed.by(() -> ClassifyPicture.main(CLASSIFY));
        assertEquals(4, lines.size());
        assertTrue(lines.get(0).matches("red disc 0\\.[6-9]\\d\\d|red disc 1\\.000"), () -> String.join("\n", lines));
    }

    @Test
    void theTrainedModelFindsAPicture() throws Exception {
        List<String> lines = Printed.by(() -> SearchPictures.main(new String[] {
            TrainedModel.FOLDER.toString(),
            TrainedModel.PHOTOS.toString(),
            "a photo of a blue disc.",
            "a photo of a yellow disc."
        }));
        assertEquals(8, lines.size());
        assertTrue(lines.get(1).endsWith("blue.png"), lines.get(1));
        assertTrue(lines.get(5).endsWith("yellow.png"), lines.get(5));
    }

    @Test
    void kotlinSaysTheSame() throws Exception {
        List<String> java = Printed.by(() -> ClassifyPicture.main(CLASSIFY));
        assertEquals(java, Printed.by(() -> ClassifyKt.main(CLASSIFY)));
    }

    @Test
    void kotlinKnowsAllMasks() throws Exception {
        List<String> lines = Printed.by(MasksKt::main);
        assertEquals(3, lines.size());
        assertTrue(lines.get(0).startsWith("CLIP: 196 patches, the first [0, 1, 2]; "), lines.get(0));
        assertTrue(
                lines.get(1).startsWith("FLIP: 49 patches, ") && lines.get(1).endsWith(" 0.25 of the time"),
                lines.get(1));
        assertTrue(lines.get(2).startsWith("GLIP, sigma 0.2: 49 patches, "), lines.get(2));
    }
}
