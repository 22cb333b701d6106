package org.glip.experiment;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.results.ComparableRuns;
import org.glip.results.MethodName;
import org.glip.results.RunSettings;

/**
 * A way of pre-training.
 *
 * @param name the paper's name for it and its like
 * @param mask what the image tower does not see during pre-training
 * @param pictureSize side in pixels of the pictures in pre-training, where they are smaller than the model's
 */
public record Method(MethodName name, Mask mask, OptionalInt pictureSize) {
    private static final int PAPER_IMAGE_SIZE = 224;

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if a picture would have no pixel
     */
    public Method {
        if (pictureSize.isPresent() && pictureSize.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    name + " needs pictures of at least 1 pixel, not " + pictureSize.getAsInt());
        }
    }

    /**
     * CLIP: nothing is hidden.
     *
     * @return the method
     */
    public static Method clip() {
        return new Method(MethodName.CLIP, Mask.none(), OptionalInt.empty());
    }

    /**
     * RECLIP: nothing is hidden, but the pictures are small; the position embedding is interpolated for what follows
     *.
     *
     * @param imageSize side in pixels, a multiple of the patch size, smaller than the model's pictures
     * @return the method
     */
    public static Method reclip(int imageSize) {
        return new Method(MethodName.RECLIP, Mask.none(), OptionalInt.of(imageSize));
    }

    /**
     * Returns RECLIP at the size that saves as much as one of the paper's, whose pictures have 224 pixels.
     *
     * @param paperSize side in pixels in the paper: 160, 112 or 64
     * @param full the model as it is tuned and tested
     * @return the method, with the same share of the side in whole patches
     */
    public static Method reclipAs(int paperSize, ClipConfig full) {
        int patch = full.vision().patchSize();
        double side = (double) full.vision().imageSize() * paperSize / PAPER_IMAGE_SIZE;
        return reclip(patch * (int) Math.round(side / patch));
    }

    /**
     * FLIP: random patches are hidden.
     *
     * @param ratio share of patches that is hidden, in [0, 1)
     * @return the method
     */
    public static Method flip(double ratio) {
        return new Method(MethodName.FLIP, Mask.random(ratio), OptionalInt.empty());
    }

    /**
     * GLIP: patches are hidden, those of the centre less often.
     *
     * @param ratio share of patches that is hidden, in [0, 1)
     * @param sigma the paper's sigma, a variance
     * @return the method
     */
    public static Method glip(double ratio, double sigma) {
        return new Method(MethodName.GLIP, Mask.gaussian(ratio, sigma), OptionalInt.empty());
    }

    /**
     * The model as it is pre-trained.
     *
     * @param full the model as it is tuned and tested
     * @return the same, for the pictures of the pre-training
     * @throws IllegalArgumentException if this method's pictures are not smaller, or no whole number of patches
     */
    ClipConfig pretrained(ClipConfig full) {
        if (pictureSize.isEmpty()) {
            return full;
        }
        int size = pictureSize.getAsInt();
        if (size >= full.vision().imageSize()) {
            throw new IllegalArgumentException(name + " pre-trains on pictures smaller than the model's "
                    + full.vision().imageSize() + " pixels, not on " + size);
        }
        return full.withImageSize(size);
    }

    /**
     * Returns the tokens of a picture in pre-training.
     *
     * @param full the model as it is tuned and tested
     * @return visible patches and the class token
     */
    public int imageTokens(ClipConfig full) {
        return 1 + mask.on(pretrained(full).vision().grid()).kept();
    }

    /** The method in file names, such as {@code GLIP-75-sigma0.2}; the ratio is in percent. */
    String fileName() {
        StringBuilder file = new StringBuilder(name.toString());
        if (!(mask instanceof Mask.None)) {
            BigDecimal percent = BigDecimal.valueOf(mask.ratio()).movePointRight(2);
            file.append('-').append(percent.stripTrailingZeros().toPlainString());
        }
        if (mask instanceof Mask.Gaussian gaussian) {
            file.append("-sigma").append(gaussian.sigma());
        }
        pictureSize.ifPresent(size -> file.append('-').append(size).append("px"));
        return file.toString();
    }

    /** What tables tell a run of it from others by. */
    RunSettings settings(String preset, long seed) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(RunSettings.PRESET, preset);
        labels.putAll(labels());
        return new RunSettings(name.toString(), mask, seed, labels);
    }

    /** What a run of it adds to the settings of its plan, by name, for the provenance. */
    Map<String, String> configuration(Map<String, String> plan, long seed) {
        Map<String, String> configuration = new LinkedHashMap<>(plan);
        configuration.put(ComparableRuns.MASK, mask.toString());
        pictureSize.ifPresent(size -> configuration.put(ComparableRuns.PICTURE_SIZE, Integer.toString(size)));
        configuration.put(ComparableRuns.SEED, Long.toString(seed));
        return configuration;
    }

    /** What tables show of it beside name and mask. */
    Map<String, String> labels() {
        return pictureSize.isPresent() ? Map.of(RunSettings.MASKING, pictureSize.getAsInt() + " px") : Map.of();
    }
}
