package org.glip.cli;

import java.io.IOException;
import org.glip.sets.EvaluationSet;
import org.glip.sets.LabelledSet;
import org.glip.sets.SetFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A set of the field in the place of shards: it brings its class names and prompts. */
final class SetOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--set",
            paramLabel = "NAME",
            description =
                    "--data is the folder of this set, by CLIP_benchmark's name, such as imagenet1k, imagenet-a or"
                            + " mscoco_captions, in its usual layout or in webdataset form; class names and prompts are"
                            + " the set's.")
    private @Nullable String name;

    /** The name of the set, or null if none is named. */
    @Nullable
    String name() {
        return name;
    }

    /**
     * Opens the set.
     *
     * @param task what it is to be used for
     * @param data its folder
     * @param classes the user's own file of class names, which a set does not go with
     * @return the set, or null if none is named
     */
    @Nullable
    EvaluationSet open(String task, DataOptions data, @Nullable Object classes) throws IOException {
        if (name == null) {
            return null;
        }
        if (classes != null) {
            throw new ParameterException(
                    spec.commandLine(), "--set " + name + " brings its class names; leave out --classes");
        }
        EvaluationSet set = SetFolder.open(name, data.folder());
        boolean retrieval = task.equals(EvaluateCommand.RETRIEVAL);
        if (retrieval == set instanceof LabelledSet) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the set " + name + (retrieval ? " has classes and no captions" : " has captions and no classes")
                            + ", so that --task " + task + " does not go with it");
        }
        return set;
    }
}
