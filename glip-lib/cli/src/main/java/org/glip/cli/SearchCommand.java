package org.glip.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.glip.Clip;
import org.glip.Picture;
import org.glip.eval.FeatureIndex;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code glip search}. */
@Command(
        name = "search",
        description = "Find the pictures in a folder that a text fits best: a line of JSON a picture, the best first.",
        footer = {
            "",
            "A picture that cannot be read is named on standard error and the others go on; the exit code is then 2."
        })
final class SearchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private AskedModelOptions model;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FOLDER",
            description = "Where to look; the folders in it count too.")
    private Path folder;

    @Option(
            names = "--top",
            defaultValue = "10",
            paramLabel = "N",
            description = "Pictures to tell (default: ${DEFAULT-VALUE}).")
    private int top;

    @Parameters(paramLabel = "TEXT", description = "What the pictures should show, as in \"a red car\".")
    private String text;

    @Override
    public Integer call() throws IOException {
        if (top < 1) {
            throw new IllegalArgumentException("--top must be at least 1, not " + top);
        }
        if (text.isBlank()) {
            throw new IllegalArgumentException("the text to search for is blank");
        }
        List<Picture> pictures = Picture.in(folder);
        PrintWriter err = spec.commandLine().getErr();
        try (Clip clip = model.open();
                Progress progress = Progress.start(err, spec.name(), pictures.size());
                PictureReport<float[]> report =
                        new PictureReport<>(err, progress, pictures.size(), (picture, feature) -> {})) {
            FeatureIndex<Picture> index = clip.index(pictures, report);
            index.nearest(clip.embed(text), top).forEach(this::print);
            return report.exitCode();
        }
    }

    private void print(FeatureIndex.Hit<Picture> hit) {
        JsonObject line = new JsonObject();
        line.addProperty("picture", hit.item().name());
        line.addProperty("similarity", hit.similarity());
        PictureReport.print(spec.commandLine().getOut(), line);
    }
}
