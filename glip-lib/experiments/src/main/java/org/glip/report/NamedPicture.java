package org.glip.report;

import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A picture, what it shows, and what a model says that it shows.
 *
 * @param picture the picture
 * @param label what it shows
 * @param guesses what the model says, the most likely first
 */
public record NamedPicture(BufferedImage picture, String label, List<Guess> guesses) {
    /** Copies the guesses. */
    public NamedPicture {
        guesses = List.copyOf(guesses);
    }

    /** {@return whether what the model finds most likely is what the picture shows} */
    public boolean isRight() {
        return !guesses.isEmpty() && guesses.get(0).label().equals(label);
    }

    /**
     * One thing that a model says.
     *
     * @param label the class
     * @param probability the model's own estimate, in [0, 1]
     */
    public record Guess(String label, double probability) {}
}
