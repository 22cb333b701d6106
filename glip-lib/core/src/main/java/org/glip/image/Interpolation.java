package org.glip.image;

/**
 * How pixels between pixels are made: PIL's filters, which are antialiased, as torchvision calls them
 * ({@code src/libImaging/Resample.c}).
 */
public enum Interpolation {
    /** Keys' kernel with a = -0.5 over four pixels, CLIP's own. */
    BICUBIC(2) {
        @Override
        double kernel(double x) {
            double d = Math.abs(x);
            if (d < 1) {
                return ((A + 2) * d - (A + 3)) * d * d + 1;
            }
            return d < 2 ? (((d - 5) * d + 8) * d - 4) * A : 0;
        }
    },
    /** The triangle over two pixels. */
    BILINEAR(1) {
        @Override
        double kernel(double x) {
            return Math.max(0, 1 - Math.abs(x));
        }
    };

    private static final double A = -0.5;

    private final double radius;

    Interpolation(double radius) {
        this.radius = radius;
    }

    /** Beyond it the kernel is 0, in pixels. */
    double radius() {
        return radius;
    }

    /** The weight of a pixel at so many pixels from the centre. */
    abstract double kernel(double x);
}
