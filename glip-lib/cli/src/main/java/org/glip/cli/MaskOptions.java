package org.glip.cli;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import org.glip.files.Json;
import org.glip.mask.AnnealedMask;
import org.glip.mask.MapMask;
import org.glip.mask.Mask;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which mask. */
final class MaskOptions {
    private static final double DEFAULT_RATIO = 0.75;
    private static final double DEFAULT_SIGMA = 0.2;
    private static final double DEFAULT_LAST_SIGMA = 0.8;
    private static final String MAP = "map:";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--mask",
            paramLabel = "KIND",
            description =
                    "gaussian (GLIP, the default), random (FLIP) or none (CLIP); block, grid, annealed (sigma grows to"
                            + " --last-sigma), or map:FILE, a map of how often each patch is kept.")
    private @Nullable String kind;

    @Option(
            names = "--ratio",
            paramLabel = "R",
            description = "Share of the patches that is dropped, from 0 to below 1 (default: 0.75).")
    private @Nullable Double ratio;

    @Option(
            names = "--sigma",
            paramLabel = "S",
            description = "The paper's sigma of the gaussian mask, a variance (default: 0.2).")
    private @Nullable Double sigma;

    @Option(
            names = "--last-sigma",
            paramLabel = "S",
            description = "Sigma of the annealed mask at the last step; --sigma is that at the first (default: 0.8).")
    private @Nullable Double lastSigma;

    /** The first of these options that was given, or null. */
    @Nullable
    String given() {
        return kind != null
                ? "--mask"
                : lastSigma != null ? "--last-sigma" : ratio != null ? "--ratio" : sigma != null ? "--sigma" : null;
    }

    /**
     * The mask; an option that has no effect on it is told on standard error.
     *
     * @throws IOException if the file of a map cannot be read, or holds none
     */
    Mask config() throws IOException {
        Mask mask = named(
                kind == null ? "gaussian" : kind,
                ratio == null ? DEFAULT_RATIO : ratio,
                sigma == null ? DEFAULT_SIGMA : sigma);
        if (mask instanceof Mask.None) {
            noteUnused("--ratio", ratio, mask);
        }
        if (!(mask instanceof Mask.Gaussian || mask instanceof AnnealedMask)) {
            noteUnused("--sigma", sigma, mask);
        }
        if (!(mask instanceof AnnealedMask)) {
            noteUnused("--last-sigma", lastSigma, mask);
        }
        return mask;
    }

    private Mask named(String name, double dropped, double first) throws IOException {
        if (name.strip().equalsIgnoreCase("annealed")) {
            return new AnnealedMask(dropped, first, lastSigma == null ? DEFAULT_LAST_SIGMA : lastSigma);
        }
        return name.startsWith(MAP)
                ? map(Path.of(name.substring(MAP.length())), dropped)
                : Mask.of(name, dropped, first);
    }

    /** A map as JSON: an object with rows of numbers under "map", as advice about data gives it. */
    private static Mask map(Path file, double dropped) throws IOException {
        JsonElement rows = Json.read(file).raw().get("map");
        try {
            double[][] map = new Gson().fromJson(rows, double[][].class);
            if (map == null) {
                throw new IOException("The map " + file + " has no \"map\": rows of numbers, such as"
                        + " {\"map\": [[0.1, 0.2], [0.3, 0.4]]}");
            }
            return new MapMask(
                    dropped,
                    Arrays.stream(map)
                            .map(row -> Arrays.stream(row).boxed().toList())
                            .toList());
        } catch (JsonParseException | NumberFormatException e) {
            throw new IOException("The \"map\" of " + file + " is no list of rows of numbers: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException("The map " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private void noteUnused(String option, @Nullable Double value, Mask mask) {
        if (value != null && value != 0) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("glip: " + option + " has no effect with --mask " + mask.name());
        }
    }
}
