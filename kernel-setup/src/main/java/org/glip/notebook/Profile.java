package org.glip.notebook;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
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

    private String lowerCaseName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
