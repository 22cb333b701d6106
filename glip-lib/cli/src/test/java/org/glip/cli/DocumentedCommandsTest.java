package org.glip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** The commands that the pages show have the options that they show; none is run. */
class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("../..");
    private static final List<String> PAGES = List.of(
            "README.md",
            "docs/open_clip.md",
            "docs/training.md",
            "docs/masks.md",
            "docs/ranks.md",
            "docs/real-files.md",
            "docs/parts.md",
            "docs/gpu.md",
            "data-scripts/README.md",
            "glip-lib/benchmarks/README.md");
    private static final Pattern SHELL_BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```$");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(#.*)|([^\\s'\"]+)");

    /** Stands in a page for what was said above it. */
    private static final String ELLIPSIS = "...";

    @TestFactory
    Stream<DynamicTest> documentedCommandsAreUnderstood() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String page : PAGES) {
            for (List<String> command : commands(Files.readString(ROOT.resolve(page)))) {
                tests.add(DynamicTest.dynamicTest(page + ": " + String.join(" ", command), () -> parse(command)));
            }
        }
        return tests.stream();
    }

    @Test
    void theReadmeShowsCommands() throws IOException {
        assertFalse(commands(Files.readString(ROOT.resolve("README.md"))).isEmpty());
    }

    @Test
    void commandsAreFoundInPipesAndOverSeveralLines() {
        String page =
                "```sh\necho 'a | b' | bin/glip tokenize # ids\nmvn x\nglip masks --grid 14 \\\n    --ratio .75\n```\n";
        assertEquals(List.of(List.of("tokenize"), List.of("masks", "--grid", "14", "--ratio", ".75")), commands(page));
    }

    @Test
    void anOptionThatIsNotThereIsNoticed() {
        assertThrows(CommandLine.UnmatchedArgumentException.class, () -> parse(List.of("masks", "--no-such-option")));
        assertThrows(AssertionError.class, () -> parse(List.of("pretrain", ELLIPSIS, "--no-such-option")));
    }

    private static void parse(List<String> command) {
        CommandLine glip = Glip.commandLine(InputStream.nullInputStream());
        if (!command.contains(ELLIPSIS)) {
            String[] words =
                    command.stream().map(DocumentedCommandsTest::placed).toArray(String[]::new);
            glip.parseArgs(Glip.protectShardLists(words));
            return;
        }
        // What it needs stood above; what it shows must be there.
        CommandLine shown = glip.getSubcommands().get(command.get(0));
        assertNotNull(shown, "there is no command " + command.get(0));
        for (String word : command) {
            if (word.startsWith("-")) {
                assertNotNull(shown.getCommandSpec().findOption(word), command.get(0) + " has no option " + word);
            }
        }
    }

    /** The pages' commands are typed in the root of the repository. */
    private static String placed(String word) {
        return word.startsWith("@recipes/") ? "@" + ROOT.resolve(word.substring(1)) : word;
    }

    /** The arguments of each {@code glip} in the shell blocks of a page. */
    private static List<List<String>> commands(String page) {
        List<List<String>> commands = new ArrayList<>();
        Matcher block = SHELL_BLOCK.matcher(page);
        while (block.find()) {
            for (String line : block.group(1).replace("\\\n", " ").split("\n")) {
                addCommands(line, commands);
            }
        }
        return commands;
    }

    private static void addCommands(String line, List<List<String>> commands) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find() && word.group(3) == null) {
            boolean isPipe = "|".equals(word.group(4));
            if (!isPipe) {
                words.add(Stream.of(word.group(1), word.group(2), word.group(4))
                        .filter(text -> text != null)
                        .findFirst()
                        .orElseThrow());
            }
            if (isPipe) {
                addIfOurs(words, commands);
                words.clear();
            }
        }
        addIfOurs(words, commands);
    }

    private static void addIfOurs(List<String> words, List<List<String>> commands) {
        if (!words.isEmpty() && words.get(0).matches("(.*/)?glip")) {
            commands.add(List.copyOf(words.subList(1, words.size())));
        }
    }
}
