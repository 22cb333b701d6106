package org.glip.cli;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.glip.files.AtomicFile;
import org.glip.image.ImageDecoder;
import org.glip.mask.KeepProbability;
import org.glip.mask.MaskSampler;
import org.glip.mask.PatchGrid;
import org.glip.report.MaskPictures;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code glip masks}. */
@Command(
        name = "masks",
        description = "Draw masks and count how often each patch is kept: {\"kept\": k, \"frequency\": [[...], ...]}.")
final class MasksCommand implements Callable<Integer> {
    private static final int PATCH_PIXELS = 16;

    @Spec
    private CommandSpec spec;

    @Mixin
    private MaskOptions mask;

    @Option(
            names = "--grid",
            defaultValue = "14",
            paramLabel = "N",
            description = "Patches along a side (default: ${DEFAULT-VALUE}).")
    private int side;

    @Mixin
    private SeedOption seed;

    @Option(
            names = "--count",
            defaultValue = "10000",
            paramLabel = "N",
            description = "Masks to draw (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--picture",
            paramLabel = "FILE",
            description = "Also show the first mask on this picture: dropped patches grey, as PNG.")
    private @Nullable Path picture;

    @Option(names = "--out", paramLabel = "PNG", description = "That PNG (default: NAME-masked.png, in this folder).")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        MaskSampler drawn = mask.config().on(new PatchGrid(side));
        if (picture != null) {
            drawOn(picture, drawn);
        } else if (out != null) {
            throw new ParameterException(spec.commandLine(), "--out needs a picture to draw on: --picture FILE");
        }
        JsonObject json = new JsonObject();
        json.addProperty("kept", drawn.kept());
        json.add("frequency", new Gson().toJsonTree(KeepProbability.simulate(drawn, count, seed.value())));
        spec.commandLine().getOut().println(json);
        return 0;
    }

    private void drawOn(Path file, MaskSampler drawn) throws IOException {
        int size = Math.multiplyExact(side, PATCH_PIXELS);
        BufferedImage square = ImageDecoder.decode(Files.readAllBytes(file), file.toString())
                .resizeAndCrop(size)
                .toBufferedImage();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(MaskPictures.masked(square, drawn.grid(), drawn.sample(seed.value(), 0, 0)), "png", png);
        String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        Path target = out == null ? Path.of(name + "-masked.png") : out;
        AtomicFile.write(target, channel -> channel.write(ByteBuffer.wrap(png.toByteArray())));
        spec.commandLine().getErr().println("wrote " + target);
    }
}
