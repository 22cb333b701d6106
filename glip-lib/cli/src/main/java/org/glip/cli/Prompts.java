package org.glip.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.glip.model.ModelFolder;
import org.glip.text.PromptTemplates;
import org.jspecify.annotations.Nullable;

/**
 * The sentences by which a model is asked.
 *
 * @param templates the sentences
 * @param origin whose they are, for the provenance
 */
record Prompts(PromptTemplates templates, Origin origin) {
    /** Whose sentences they are. */
    enum Origin {
        /** The user's, on the command line. */
        GIVEN,
        /** Those that the model records. */
        MODEL,
        /** Those of a set of the field. */
        SET,
        /** Nobody's. */
        DEFAULT;

        /** The word in result files. */
        String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * Those by which a model that is trained will be asked: those given; else those of the checkpoint that it goes on
     * from, or of the weights that it starts from.
     *
     * @param given the user's, or null
     * @param before a run that goes on, then weights, or null
     * @return nothing where none are recorded
     */
    static Optional<PromptTemplates> ofStage(@Nullable PromptTemplates given, List<@Nullable Path> before) {
        Optional<PromptTemplates> found = Optional.ofNullable(given);
        for (Path place : before) {
            if (found.isEmpty() && place != null) {
                found = recorded(place);
            }
        }
        return found;
    }

    /** What is wrong with the place itself, the stage will say when it begins. */
    private static Optional<PromptTemplates> recorded(Path place) {
        try {
            return ModelFolder.prompts(place);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Those given; else those that the model records, since they fit what it was trained on; else those of the set,
     * which are meant for models of the web's captions; else CLIP's.
     *
     * @param given the user's, or null
     * @param modelOrRun the model
     * @param ofSet the set's, or null
     * @throws IOException where there is no model, or its record is damaged
     */
    static Prompts choose(@Nullable PromptTemplates given, Path modelOrRun, @Nullable PromptTemplates ofSet)
            throws IOException {
        if (given != null) {
            return new Prompts(given, Origin.GIVEN);
        }
        Optional<PromptTemplates> own = ModelFolder.prompts(modelOrRun);
        if (own.isPresent()) {
            return new Prompts(own.get(), Origin.MODEL);
        }
        return ofSet == null ? new Prompts(PromptTemplates.photo(), Origin.DEFAULT) : new Prompts(ofSet, Origin.SET);
    }
}
