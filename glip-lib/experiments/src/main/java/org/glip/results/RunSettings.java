package org.glip.results;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.glip.mask.Mask;

/**
 * What distinguishes a run from the others it is compared with.
 *
 * @param method name of the method, such as CLIP, FLIP, GLIP or RECLIP
 * @param mask the mask of its training
 * @param seed its seed
 * @param labels further settings by name, such as the preset of the data; {@code method}, {@code sigma} and {@code
 *     seed} are taken. A label {@code masking} describes methods that save patches without a mask, such as {@code 112
 *     px} for RECLIP
 */
public record RunSettings(String method, Mask mask, long seed, Map<String, String> labels) {
    /** Setting: the name of the method. */
    public static final String METHOD = "method";
    /** Setting: the share of patches that is hidden, or how a method without a mask saves patches. */
    public static final String MASKING = "masking";
    /** Setting: sigma of a Gaussian mask. */
    public static final String SIGMA = "sigma";
    /** Setting: the seed. */
    public static final String SEED = "seed";
    /** Label: the data that was trained on, such as a preset of Scenes. */
    public static final String PRESET = "preset";

    private static final String NONE = "–";

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the method has no name or a label takes a reserved one
     */
    public RunSettings {
        if (method.isBlank()) {
            throw new IllegalArgumentException("A run needs the name of its method");
        }
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        for (String reserved : new String[] {METHOD, SIGMA, SEED}) {
            if (labels.containsKey(reserved)) {
                throw new IllegalArgumentException(
                        "\"" + reserved + "\" is a component of every run and cannot be a label too");
            }
        }
    }

    /**
     * {@return settings without further labels}
     *
     * @param method name of the method
     * @param mask the mask of its training
     * @param seed its seed
     */
    public static RunSettings of(String method, Mask mask, long seed) {
        return new RunSettings(method, mask, seed, Map.of());
    }

    /**
     * {@return a setting as a table shows it: {@code method}, {@code masking} (such as {@code 91.8%}), {@code sigma},
     * {@code seed}, or a label} A dash where the run has no such setting.
     *
     * @param setting name of the setting
     */
    public String text(String setting) {
        return switch (setting) {
            case METHOD -> method;
            case MASKING -> mask instanceof Mask.None ? labels.getOrDefault(setting, NONE) : percent(mask.ratio());
            case SIGMA -> mask instanceof Mask.Gaussian gaussian ? Double.toString(gaussian.sigma()) : NONE;
            case SEED -> Long.toString(seed);
            default -> labels.getOrDefault(setting, NONE);
        };
    }

    /**
     * {@return whether this is a run of one of the paper's methods}
     *
     * @param name one of the paper's methods
     */
    public boolean isOf(MethodName name) {
        return method.equals(name.name());
    }

    /**
     * {@return a share as people write it, without trailing zeros, such as {@code 91.8%}}
     *
     * @param share in [0, 1]
     */
    public static String percent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
    }
}
