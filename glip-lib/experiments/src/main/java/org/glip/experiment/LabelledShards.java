package org.glip.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.glip.data.SampleSource;
import org.glip.files.TextLines;

/**
 * A set of labelled pictures in webdataset shards: {@code NAME-train-*.tar} and {@code NAME-test-*.tar}, of which each
 * sample has its class as caption and as {@code label} in its JSON, and {@code NAME-classes.txt}, a class a line.
 *
 * @param name the set's, such as {@code caltech101}
 * @param classes its classes
 * @param train pattern of the shards to train on
 * @param test pattern of the shards to test on
 */
record LabelledShards(String name, List<String> classes, String train, String test) {
    /** Where a sample's class stands. */
    static final String LABEL = "label";

    /** Copies the list. */
    LabelledShards {
        classes = List.copyOf(classes);
    }

    /**
     * Finds a set in a folder.
     *
     * @throws IOException if its classes are missing or cannot be read
     */
    static LabelledShards of(Path folder, String name) throws IOException {
        Path file = folder.resolve(name + "-classes.txt");
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is missing: the classes of the set " + name + ", one a line");
        }
        List<String> classes = TextLines.readAll(file);
        if (classes.size() < 2) {
            throw new IOException(file + " names " + classes.size() + " classes; a test needs two at least");
        }
        return new LabelledShards(
                name,
                classes,
                folder.resolve(name + "-train-*.tar").toString(),
                folder.resolve(name + "-test-*.tar").toString());
    }

    SampleSource training() throws IOException {
        return SampleSource.shards(train);
    }

    SampleSource testing() throws IOException {
        return SampleSource.shards(test);
    }
}
