package org.glip.image;

import java.util.Arrays;

/**
 * Antialiased bicubic resizing, equal bit for bit to PIL's {@code Image.resize((width, height), BICUBIC)} on RGB pictures.
 *
 * <p>As there, columns are resampled before rows, and the result between the two passes is rounded to 8 bits.
 */
public final class BicubicResizer {
    private static final int HALF = 1 << ResampleTable.PRECISION_BITS - 1;

    private BicubicResizer() {}

    /**
     * Resizes a whole picture.
     *
     * @param image the source
     * @param width columns of the result, at least 1
     * @param height rows of the result, at least 1
     * @return the resized picture
     * @throws IllegalArgumentException if a side is below 1
     */
    public static RgbImage resize(RgbImage image, int width, int height) {
        return resize(image, Box.whole(image.width(), image.height()), width, height);
    }

    /**
     * Cuts a box out and resizes it; pixels outside the box have no influence (torchvision's {@code resized_crop}).
     *
     * @param image the source
     * @param source the part of it to resize
     * @param width columns of the result, at least 1
     * @param height rows of the result, at least 1
     * @return the resized part
     * @throws IllegalArgumentException if a side is below 1 or the box reaches beyond the picture
     */
    public static RgbImage resize(RgbImage image, Box source, int width, int height) {
        return resize(image, source, width, height, Box.whole(width, height));
    }

    /**
     * Cuts a box out, resizes it and keeps a window of the result, computing no pixel outside the window.
     *
     * @param image the source
     * @param source the part of it to resize
     * @param width columns of the whole result, at least 1
     * @param height rows of the whole result, at least 1
     * @param window the part of the result to keep
     * @return the window's pixels
     * @throws IllegalArgumentException if a side is below 1 or a box reaches beyond what it lies in
     */
    public static RgbImage resize(RgbImage image, Box source, int width, int height, Box window) {
        source.requireInside(image.width(), image.height());
        window.requireInside(width, height);
        ResampleTable columns = ResampleTable.bicubic(source.width(), width, window.left(), window.width());
        ResampleTable rows = ResampleTable.bicubic(source.height(), height, window.top(), window.height());
        int[] narrowed = resampleColumns(image, source, columns, rows.firstOfAll(), rows.endOfAll());
        byte[] rgb = resampleRows(narrowed, 3 * window.width(), rows);
        return new RgbImage(window.width(), window.height(), rgb);
    }

    /** Rows {@code fromRow} to {@code toRow} of the box, resampled: (rows, columns, 3), each value in 0..255. */
    private static int[] resampleColumns(RgbImage image, Box source, ResampleTable columns, int fromRow, int toRow) {
        int[] result = new int[(toRow - fromRow) * columns.outputs() * 3];
        int to = 0;
        for (int y = fromRow; y < toRow; y++) {
            int rowStart = 3 * ((source.top() + y) * image.width() + source.left());
            resampleRow(image.rgb(), rowStart, columns, result, to);
            to += 3 * columns.outputs();
        }
        return result;
    }

    private static void resampleRow(byte[] rgb, int rowStart, ResampleTable columns, int[] result, int to) {
        int[] weights = columns.weights();
        for (int x = 0; x < columns.outputs(); x++) {
            int red = HALF;
            int green = HALF;
            int blue = HALF;
            int from = rowStart + 3 * columns.first(x);
            int weightAt = columns.weightsAt(x);
            for (int end = weightAt + columns.count(x); weightAt < end; weightAt++, from += 3) {
                int weight = weights[weightAt];
                red += weight * (rgb[from] & 0xFF);
                green += weight * (rgb[from + 1] & 0xFF);
                blue += weight * (rgb[from + 2] & 0xFF);
            }
            result[to++] = toByteRange(red);
            result[to++] = toByteRange(green);
            result[to++] = toByteRange(blue);
        }
    }

    /** Weighs whole rows at a time: inner loops over plain int arrays are what the compiler turns into vector code. */
    private static byte[] resampleRows(int[] narrowed, int rowLength, ResampleTable rows) {
        byte[] result = new byte[rows.outputs() * rowLength];
        int[] sums = new int[rowLength];
        for (int y = 0; y < rows.outputs(); y++) {
            Arrays.fill(sums, HALF);
            for (int tap = 0; tap < rows.count(y); tap++) {
                int from = (rows.first(y) + tap - rows.firstOfAll()) * rowLength;
                addWeighted(sums, narrowed, from, rows.weights()[rows.weightsAt(y) + tap]);
            }
            int to = y * rowLength;
            for (int i = 0; i < rowLength; i++) {
                result[to + i] = (byte) toByteRange(sums[i]);
            }
        }
        return result;
    }

    private static void addWeighted(int[] sums, int[] values, int from, int weight) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * values[from + i];
        }
    }

    private static int toByteRange(int sum) {
        return Math.max(0, Math.min(255, sum >> ResampleTable.PRECISION_BITS));
    }
}
