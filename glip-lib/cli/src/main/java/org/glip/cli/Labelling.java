package org.glip.cli;

import com.google.gson.Gson;
import java.util.List;
import java.util.Map;
import org.glip.data.SampleMetadata;
import org.glip.eval.ClassLabels;
import org.glip.eval.EmbeddedSet;
import org.glip.eval.Evaluation;
import org.glip.sets.LabelledSet;
import org.jspecify.annotations.Nullable;

/**
 * The classes of a classification, and how they are put into words.
 *
 * @param names the class names, or null for those that occur in the data
 * @param field the metadata field with the class
 * @param prompts texts of a class, and whose they are
 * @param origin where the names are from, for the provenance
 */
record Labelling(@Nullable List<String> names, String field, Prompts prompts, String origin) {
    /** What a set of the field brings. */
    static Labelling of(LabelledSet set, Prompts prompts) {
        return new Labelling(set.classNames(), SampleMetadata.CLASS, prompts, "those of " + set.name());
    }

    /** The classes, for a task that needs them before it reads a picture. */
    ClassLabels known(String task) {
        if (names == null) {
            throw new IllegalArgumentException(
                    "task " + task + " needs the class names before it reads a picture: --classes FILE");
        }
        return new ClassLabels(names, field);
    }

    /** The classes; those of the pictures where no others are named. */
    ClassLabels of(EmbeddedSet pictures) {
        return new ClassLabels(names == null ? Evaluation.classNames(pictures, field) : names, field);
    }

    void describe(Map<String, String> settings) {
        settings.put("templates", new Gson().toJson(prompts.templates().templates()));
        settings.put("templates from", prompts.origin().label());
        settings.put("classes", origin);
        settings.put("label field", field);
    }
}
