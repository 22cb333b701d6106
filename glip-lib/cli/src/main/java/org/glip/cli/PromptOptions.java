package org.glip.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.glip.text.PromptTemplates;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Sentences that a label is put into. */
final class PromptOptions {
    /** One of the two. */
    static final class Given {
        @Option(
                names = "--prompt",
                paramLabel = "TEMPLATE",
                description = "A sentence that a label is put into at {}, which fits the captions that the model was"
                        + " trained on, such as 'a photo of a {}.', or '{}' for bare labels; may be repeated"
                        + " (default: the model's own).")
        private @Nullable List<String> sentences;

        @Option(names = "--templates", paramLabel = "FILE", description = "The same from a file, a sentence a line.")
        private @Nullable Path file;
    }

    @ArgGroup
    private @Nullable Given given;

    /**
     * The sentences that were given, or null.
     *
     * @throws IOException where the file cannot be read or a line of it is none; file and line are named
     */
    @Nullable
    PromptTemplates given() throws IOException {
        if (given == null) {
            return null;
        }
        if (given.file != null) {
            return PromptTemplates.read(given.file);
        }
        List<String> sentences = given.sentences == null ? List.of() : given.sentences;
        Set<String> seen = new HashSet<>();
        for (String sentence : sentences) {
            if (!seen.add(sentence)) {
                throw new IllegalArgumentException("--prompt \"" + sentence + "\" is given twice; leave one out");
            }
        }
        return new PromptTemplates(sentences);
    }
}
