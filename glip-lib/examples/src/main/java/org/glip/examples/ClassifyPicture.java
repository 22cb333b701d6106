package org.glip.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.glip.Clip;
import org.glip.LabelProbability;

/** Tells which of some labels fits a picture. */
public final class ClassifyPicture {
    private ClassifyPicture() {}

    /**
     * Runs the program.
     *
     * @param arguments a model folder, a picture, and two labels or more, such as {@code runs/glip photo.jpg cat dog}
     * @throws IOException if there is no model, or the picture cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        List<String> labels = Arrays.asList(arguments).subList(2, arguments.length);
        try (Clip clip = Clip.open(Path.of(arguments[0]))) {
            for (LabelProbability answer : clip.classify(Path.of(arguments[1]), labels)) {
                System.out.printf("%s %.3f%n", answer.label(), answer.probability());
            }
        }
    }
}
