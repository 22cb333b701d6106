package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.glip.cli.CommandRun.with;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.glip.parts.Part;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work in parts gives the bytes of work in one process. */
class PartsCommandTest {
    @TempDir
    Path folder;

    private Path model;
    private Path out;

    @BeforeEach
    void makeModel() throws IOException {
        model = TinyModel.write(folder);
        out = folder.resolve("out");
    }

    private CommandRun run(List<String> command, String... more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("--model", model.toString(), "--out", out.toString(), "--route", "linear"));
        return glip(with(all, more));
    }

    private void succeeds(List<String> command, String... more) {
        CommandRun run = run(command, more);
        assertEquals(0, run.code(), run.err());
    }

    /** Does all parts, the last ones first, one of them twice, and puts them together. */
    private void inParts(List<String> command, int parts) throws IOException {
        List<Part> order = new ArrayList<>(Part.all(parts));
        Collections.reverse(order);
        for (Part part : order) {
            succeeds(command, "--part", part.toString());
            assertFalse(Files.exists(out), "a part is not the whole");
        }
        Path first = order.get(parts - 1).file(out);
        byte[] once = Files.readAllBytes(first);
        assertTrue(run(command, "--part", "1/" + parts).err().contains("is done already"));
        Files.write(first, Arrays.copyOf(once, once.length / 2)); // as after a full disk
        succeeds(command, "--part", "1/" + parts);
        assertArrayEquals(once, Files.readAllBytes(first));
        succeeds(command, "--merge", Integer.toString(parts));
    }

    private List<String> embed() throws IOException {
        Files.createDirectories(folder.resolve("pictures"));
        List<String> pictures = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            Path picture = folder.resolve("pictures/" + i + ".jpg");
            Files.write(picture, TinyData.picture(new Color(3 * i, 90, 9), i));
            pictures.add(picture.toString());
        }
        Path images = Files.write(folder.resolve("images.txt"), pictures);
        List<String> words = IntStream.range(0, 1100)
                .mapToObj(i -> "a picture " + "very ".repeat(i % 9) + i)
                .toList();
        Path texts = Files.write(folder.resolve("texts.txt"), words);
        return List.of("embed", "--images", images.toString(), "--texts", texts.toString());
    }

    @Test
    void featuresOfListsAreThoseOfOneProcess() throws IOException {
        List<String> embed = embed();
        succeeds(embed);
        byte[] expected = Files.readAllBytes(out);
        for (int parts : new int[] {2, 8}) { // of eight, some have no picture and no text
            Files.delete(out);
            inParts(embed, parts);
            assertArrayEquals(expected, Files.readAllBytes(out), parts + " parts");
        }
    }

    private List<String> evaluate(String task, String... more) throws IOException {
        BadShards.write(folder);
        List<String> command = new ArrayList<>(List.of("evaluate", "--task", task, "--batch", "4", "--workers", "1"));
        command.addAll(List.of("--data", folder + "/t-{0..1}.tar"));
        command.addAll(List.of(more));
        return command;
    }

    private void evaluatesInParts(int parts, List<String> command) throws IOException {
        succeeds(command);
        String expected = BadShards.timeless(out);
        assertTrue(expected.contains("does not decode") && expected.contains("damaged shard"), expected);
        Files.delete(out);
        inParts(command, parts);
        assertEquals(expected, BadShards.timeless(out));
    }

    @Test
    void aClassificationUnderAMaskIsThatOfOneProcess() throws IOException {
        evaluatesInParts(3, evaluate("zero-shot", "--masked", "--mask", "random", "--ratio", "0.5", "--draws", "2"));
    }

    @Test
    void aRetrievalIsThatOfOneProcess() throws IOException {
        evaluatesInParts(10, evaluate("retrieval")); // more than there are batches
    }

    @Test
    void aProbeIsThatOfOneProcess() throws IOException {
        Path training = TinyData.shard(folder.resolve("train.tar"), 30);
        evaluatesInParts(2, evaluate("linear-probe", "--train-data", training.toString(), "--regularization", "1"));
    }

    private void refuses(List<String> command, List<String> told, String... more) {
        CommandRun run = run(command, more);
        assertEquals(2, run.code(), run.err());
        told.forEach(part -> assertTrue(run.err().contains(part), part + " is not in: " + run.err()));
        assertFalse(Files.exists(out));
    }

    @Test
    void partsThatAreMissingOrForeignAreNamed() throws IOException {
        List<String> embed = embed();
        succeeds(embed, "--part", "2/3");
        refuses(embed, List.of("2 are not there: part 1/3, 3/3", "out.part-1-of-3"), "--merge", "3");
        succeeds(embed, "--part", "1/3");
        Files.writeString(folder.resolve("texts.txt"), "another list\n");
        succeeds(embed, "--part", "3/3");
        refuses(embed, List.of("out.part-1-of-3 is a part of another run", "list of texts"), "--merge", "3");
        Path other = out.resolveSibling("out.part-1-of-1");
        Files.writeString(other, "no part at all");
        refuses(embed, List.of("out.part-1-of-1 is damaged, or no file of a part"), "--merge", "1");
    }

    @Test
    void whatCannotBeDividedIsRefused() throws IOException {
        List<String> tune = evaluate("fine-tune", "--train-data", folder + "/t-1.tar");
        refuses(tune, List.of("cannot be done in parts"), "--part", "1/2");
        List<String> embed = embed();
        refuses(embed, List.of("--part", "3/8", "'two'"), "--part", "two");
        refuses(embed, List.of("the last is 2, and there is no part 3"), "--part", "3/2");
        refuses(embed, List.of("--merge", "1 to 100000 parts, not 0"), "--merge", "0");
        refuses(embed, List.of("mutually exclusive"), "--part", "1/2", "--merge", "2");
    }
}
