package org.glip.mask;

/** Keeps every patch: plain CLIP, the unmasked tuning epoch, and evaluation. */
public record NoMask() implements Mask {
    static final String NAME = "none";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public double ratio() {
        return 0;
    }

    @Override
    public String toString() {
        return NAME;
    }
}
