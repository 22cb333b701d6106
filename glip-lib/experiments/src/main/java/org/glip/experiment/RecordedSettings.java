package org.glip.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.glip.engine.Precision;
import org.glip.model.ClipConfig;
import org.glip.results.Excerpt;
import org.glip.results.ResultFileException;

/**
 * The settings by name in a result file's provenance. One that is missing or makes no sense is refused, by file and
 * field.
 *
 * @param file where they stand
 * @param place the fields before their names, such as {@code provenance.configuration.}
 * @param values texts by name
 */
record RecordedSettings(Path file, String place, Map<String, String> values) {
    boolean has(String name) {
        return values.containsKey(name);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String text(String name) throws ResultFileException {
        return find(name).orElseThrow(() -> refused(name, "is missing, and the run cannot be made again without it"));
    }

    int integer(String name) throws ResultFileException {
        return parsed(name, "a whole number", Integer::valueOf);
    }

    double number(String name) throws ResultFileException {
        return parsed(name, "a number", Double::valueOf);
    }

    Precision precision(String name) throws ResultFileException {
        return parsed(name, "fp32 or bf16", Precision::parse);
    }

    ClipConfig model(String name) throws ResultFileException {
        return parsed(name, "a model", json -> ClipConfig.parse(json, name));
    }

    /** Reads a value in a way that throws an {@link IllegalArgumentException} where it makes no sense. */
    <T> T parsed(String name, String kind, Function<String, T> parser) throws ResultFileException {
        String text = text(name);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw refused(name, "must be " + kind + ", but is \"" + text + "\" (" + e.getMessage() + ")");
        }
    }

    /** Refuses settings that differ from those of the run that they were understood as. */
    void requireSame(Map<String, String> expected) throws IOException {
        Set<String> names = new LinkedHashSet<>(values.keySet());
        names.addAll(expected.keySet());
        for (String name : names) {
            String here = values.get(name);
            String there = expected.get(name);
            if (here == null) {
                throw refused(name, "is missing, where a run of this version has \"" + there + "\"");
            } else if (there == null) {
                throw refused(name, "is \"" + here + "\", which runs of this version do not have");
            } else if (!Objects.equals(here, there)) {
                throw refused(
                        name,
                        "is \"" + Excerpt.of(here, there) + "\", where a run of this version has \""
                                + Excerpt.of(there, here) + "\"");
            }
        }
    }

    ResultFileException refused(String name, String problem) {
        return new ResultFileException(file, "\"" + place + name + "\" " + problem);
    }
}
