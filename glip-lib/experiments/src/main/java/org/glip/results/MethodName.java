package org.glip.results;

import java.util.Arrays;
import java.util.Optional;
import org.glip.mask.Mask;

/** The methods that the paper compares, by its names for them, in the order of tables. */
public enum MethodName {
    /** Nothing is hidden in pre-training. */
    CLIP,
    /** Nothing is hidden, but the pictures are small. */
    RECLIP,
    /** Random patches are hidden. */
    FLIP,
    /** Patches are hidden, those of the centre less often. */
    GLIP;

    /**
     * Returns the paper's name for pre-training under a mask, with pictures of full size.
     *
     * @param mask what the image tower does not see
     * @return the name
     * @throws IllegalArgumentException for a mask that is none of the paper's
     */
    public static MethodName of(Mask mask) {
        if (mask instanceof Mask.None) {
            return CLIP;
        } else if (mask instanceof Mask.Random) {
            return FLIP;
        } else if (mask instanceof Mask.Gaussian) {
            return GLIP;
        }
        throw new IllegalArgumentException("the mask " + mask.name() + " is none of the paper's");
    }

    /**
     * Returns the method of a name in a result file, which may hold methods of anyone's.
     *
     * @param name the name
     * @return the method, or nothing if it is none of the paper's
     */
    public static Optional<MethodName> find(String name) {
        return Arrays.stream(values())
                .filter(method -> method.name().equals(name))
                .findFirst();
    }
}
