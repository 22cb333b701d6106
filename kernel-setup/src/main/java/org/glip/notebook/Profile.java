package org.glip.notebook;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.glip.scenes.Scenes;
import org.glip.scenes.ScenesPreset;
import org.glip.scenes.ScenesProgress;
import org.glip.study.StudySize;
import org.jspecify.annotations.Nullable;

/** How much work a notebook does. Chosen by the environment variable {@code GLIP_PROFILE}. */
public enum Profile {
    /** Under a minute: proves that every cell runs; the figures mean nothing. */
    SMOKE,
    /** A few minutes on two cores. */
    DEFAULT,
    /** As long as it needs, several seeds. */
    FULL;

    /**
     * Returns the profile that the environment asks for; {@code DEFAULT} if it asks for none.
     *
     * @throws IllegalArgumentException if {@code GLIP_PROFILE} names no profile
     */
    public static Profile current() {
        return of(System.getenv("GLIP_PROFILE"));
    }

    static Profile of(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return DEFAULT;
        }
        return Arrays.stream(values())
                .filter(profile -> profile.lowerCaseName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("GLIP_PROFILE is \"" + name + "\", but must be one of "
                        + Arrays.stream(values()).map(Profile::lowerCaseName).collect(Collectors.joining(", "))));
    }

    /** Picks the value for this profile. */
    public <T> T choose(T smoke, T normal, T full) {
        return switch (this) {
            case SMOKE -> smoke;
            case DEFAULT -> normal;
            case FULL -> full;
        };
    }

    /**
     * Opens Scenes as the notebooks use them: 60,000 training pictures, composed on first use under {@code data/} of
     * the project; for {@code SMOKE} a few drawings that the library carries.
     *
     * @param preset where the objects lie
     * @param progress told while the pictures are made
     * @return the data set
     * @throws IOException if a file is missing, damaged or cannot be written; it is named
     */
    public Scenes scenes(ScenesPreset preset, ScenesProgress progress) throws IOException {
        Scenes scenes = size().scenes(Path.of("../data"), preset, progress); // seen from a notebook
        if (progress instanceof NotebookProgress line) {
            line.done("ready"); // or its last words would stand on the page for good
        }
        return scenes;
    }

    /** {@return how much of a study this profile does} */
    public StudySize size() {
        return choose(StudySize.SMOKE, StudySize.DEFAULT, StudySize.FULL);
    }

    private String lowerCaseName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
