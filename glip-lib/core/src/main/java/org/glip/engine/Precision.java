package org.glip.engine;

/** The number format of matrix products. Weights, residual stream, normalisation and loss are float32 in both. */
public enum Precision {
    /** 32-bit throughout. */
    FP32,
    /** Matrix products and attention in bfloat16, over float32 master weights. Needs hardware support to be faster. */
    BF16;

    /**
     * Reads a precision by its command-line name.
     *
     * @param name {@code fp32} or {@code bf16}
     * @return the precision
     * @throws IllegalArgumentException for any other name
     */
    public static Precision parse(String name) {
        return switch (name) {
            case "fp32" -> FP32;
            case "bf16" -> BF16;
            default -> throw new IllegalArgumentException("unknown precision '" + name + "': use fp32 or bf16");
        };
    }

    /**
     * Returns the command-line name.
     *
     * @return {@code fp32} or {@code bf16}
     */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
