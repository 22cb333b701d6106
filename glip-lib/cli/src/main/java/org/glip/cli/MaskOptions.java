package org.glip.cli;

import java.io.PrintWriter;
import org.glip.mask.Mask;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which mask. */
final class MaskOptions {
    private static final double DEFAULT_RATIO = 0.75;
    private static final double DEFAULT_SIGMA = 0.2;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--mask",
            paramLabel = "KIND",
            description = "gaussian (GLIP, the default), random (FLIP) or none (CLIP).")
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

    /** The first of these options that was given, or null. */
    @Nullable
    String given() {
        return kind != null ? "--mask" : ratio != null ? "--ratio" : sigma != null ? "--sigma" : null;
    }

    /** The mask; an option that has no effect on it is told on standard error. */
    Mask config() {
        Mask mask = Mask.of(
                kind == null ? "gaussian" : kind,
                ratio == null ? DEFAULT_RATIO : ratio,
                sigma == null ? DEFAULT_SIGMA : sigma);
        if (mask instanceof Mask.None) {
            noteUnused("--ratio", ratio, mask);
        }
        if (!(mask instanceof Mask.Gaussian)) {
            noteUnused("--sigma", sigma, mask);
        }
        return mask;
    }

    private void noteUnused(String option, @Nullable Double value, Mask mask) {
        if (value != null && value != 0) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("glip: " + option + " has no effect with --mask " + mask.name());
        }
    }
}
