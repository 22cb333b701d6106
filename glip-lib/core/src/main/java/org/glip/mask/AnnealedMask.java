package org.glip.mask;

/**
 * A centred mask that opens during training: sigma grows from the first step to the last,
 * by the same factor each step. Early steps see the centre, late ones nearly what {@link Mask.Random} shows. Of this
 * project; no paper is known to have it.
 *
 * <p>At step s of S, sigma is {@code first * (last / first) ^ (s / (S - 1))}, and patches are drawn as by
 * {@link Mask.Gaussian}. Outside of training, where there is no step, sigma is the last one.
 *
 * @param ratio share of patches that is dropped, in [0, 1)
 * @param firstSigma the paper's sigma, a <b>VARIANCE</b>, at the first step; positive and finite
 * @param lastSigma that at the last step, not below the first
 */
public record AnnealedMask(double ratio, double firstSigma, double lastSigma) implements Mask {
    static final String NAME = "annealed";

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if a value is outside its range
     */
    public AnnealedMask {
        new Gaussian(ratio, firstSigma);
        new Gaussian(ratio, lastSigma);
        if (lastSigma < firstSigma) {
            throw new IllegalArgumentException("The annealed mask opens: its last sigma must not be below the first, "
                    + firstSigma + ", as " + lastSigma + " is");
        }
    }

    /**
     * {@return the Gaussian mask of a step}
     *
     * @param step from 0
     * @param steps of the training; from the last one on sigma stays
     */
    public Gaussian at(long step, long steps) {
        double done = steps < 2 ? 1 : Math.min(1, (double) step / (steps - 1));
        // StrictMath gives the same bits on every processor, and so the same patches; the ends are exact
        return new Gaussian(ratio, done == 1 ? lastSigma : firstSigma * StrictMath.pow(lastSigma / firstSigma, done));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String toString() {
        return NAME + " " + percent() + ", sigma " + firstSigma + " to " + lastSigma + " (variance)";
    }
}
