package org.glip.scenes;

import java.util.Map;

/**
 * What the photographs' file names say of their landscapes; some name the photographer instead, which is no landscape.
 */
final class Landscapes {
    private static final Map<String, String> PHRASES = Map.ofEntries(
            Map.entry("badlands", "badlands"),
            Map.entry("beach", "a beach"),
            Map.entry("canyon", "a canyon"),
            Map.entry("city", "a city"),
            Map.entry("desert", "a desert"),
            Map.entry("dune", "a dune"),
            Map.entry("fields", "fields"),
            Map.entry("fog", "fog"),
            Map.entry("forest", "a forest"),
            Map.entry("hills", "hills"),
            Map.entry("lava", "lava"),
            Map.entry("mountain", "a mountain"),
            Map.entry("sea", "the sea"),
            Map.entry("sky", "the sky"),
            Map.entry("snow", "snow"),
            Map.entry("space", "space"),
            Map.entry("valley", "a valley"),
            Map.entry("water", "water"));

    private Landscapes() {}

    /** The landscape of {@code mountain12-someone.jpg}: "a mountain". Empty if the name says none. */
    static String phrase(String file) {
        return PHRASES.getOrDefault(file.replaceFirst("\\d.*$", ""), "");
    }
}
