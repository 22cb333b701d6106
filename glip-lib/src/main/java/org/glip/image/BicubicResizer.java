package org.glip.image;

import java.util.Arrays;

/**
 * Antialiased bicubic resizing, equal bit for bit to {@code Image.resize((width, height), BICUBIC)} of Pillow 13 on RGB
 * pictures.
 *
 * <p>As there, the two axes are resampled one after the other, with a rounding to 8 bits between them, so the order shows in
 * the last bit. Columns come first unless the height shrinks by more than twice as many pixels as the width; in older
 * versions of Pillow they always come first.
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
        boolean rowsFirst = isRowsFirst(source, width, height);
        byte[] rgb = rowsFirst
                ? rowsThenColumns(image, source, rows, columns)
                : columnsThenRows(image, source, rows, columns);
        return new RgbImage(window.width(), window.height(), rgb);
    }

    private static boolean isRowsFirst(Box source, int width, int height) {
        long lessHeight = source.height() - (long) height;
        long lessWidth = source.width() - (long) width;
        return lessHeight > 0 && lessHeight > 2 * lessWidth;
    }

    private static byte[] columnsThenRows(RgbImage image, Box source, ResampleTable rows, ResampleTable columns) {
        int firstRow = rows.firstOfAll();
        int stride = 3 * image.width();
        int start = (source.top() + firstRow) * stride + 3 * source.left();
        byte[] narrowed = resampleColumns(image.rgb(), start, stride, rows.endOfAll() - firstRow, columns);
        int rowLength = 3 * columns.outputs();
        return resampleRows(narrowed, -firstRow * rowLength, rowLength, rowLength, rows);
    }

    private static byte[] rowsThenColumns(RgbImage image, Box source, ResampleTable rows, ResampleTable columns) {
        int firstColumn = columns.firstOfAll();
        int stride = 3 * image.width();
        int start = source.top() * stride + 3 * (source.left() + firstColumn);
        int rowLength = 3 * (columns.endOfAll() - firstColumn);
        byte[] flattened = resampleRows(image.rgb(), start, stride, rowLength, rows);
        return resampleColumns(flattened, -3 * firstColumn, rowLength, rows.outputs(), columns);
    }

    /**
     * Resamples along rows.
     *
     * @param rgb interleaved samples
     * @param start where column 0 of the first row lies
     * @param stride bytes from one row to the next
     * @param rowCount how many rows
     * @param columns the table
     * @return (rowCount, outputs, 3)
     */
    private static byte[] resampleColumns(byte[] rgb, int start, int stride, int rowCount, ResampleTable columns) {
        byte[] result = new byte[rowCount * columns.outputs() * 3];
        for (int y = 0; y < rowCount; y++) {
            resampleRow(rgb, start + y * stride, columns, result, y * columns.outputs() * 3);
        }
        return result;
    }

    private static void resampleRow(byte[] rgb, int rowStart, ResampleTable columns, byte[] result, int to) {
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
            result[to++] = (byte) toByteRange(red);
            result[to++] = (byte) toByteRange(green);
            result[to++] = (byte) toByteRange(blue);
        }
    }

    /**
     * Resamples across rows. Rows are widened to {@code int} once, in a ring of as many as an output needs, because the
     * compiler makes vector code of loops over plain {@code int} arrays, and of bytes it does not.
     *
     * @param rgb samples
     * @param start where row 0 begins
     * @param stride bytes from one row to the next
     * @param rowLength bytes of a row to resample
     * @param rows the table
     * @return (outputs, rowLength)
     */
    private static byte[] resampleRows(byte[] rgb, int start, int stride, int rowLength, ResampleTable rows) {
        byte[] result = new byte[rows.outputs() * rowLength];
        int[][] ring = new int[rows.taps()][rowLength];
        int[] sums = new int[rowLength];
        int next = rows.firstOfAll();
        for (int y = 0; y < rows.outputs(); y++) {
            int first = rows.first(y);
            int end = first + rows.count(y);
            for (; next < end; next++) {
                widen(rgb, start + next * stride, ring[next % ring.length]);
            }
            Arrays.fill(sums, HALF);
            for (int row = first; row < end; row++) {
                addWeighted(sums, ring[row % ring.length], rows.weights()[rows.weightsAt(y) + row - first]);
            }
            narrow(sums, result, y * rowLength);
        }
        return result;
    }

    private static void widen(byte[] rgb, int from, int[] row) {
        for (int i = 0; i < row.length; i++) {
            row[i] = rgb[from + i] & 0xFF;
        }
    }

    private static void addWeighted(int[] sums, int[] row, int weight) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += weight * row[i];
        }
    }

    private static void narrow(int[] sums, byte[] result, int to) {
        for (int i = 0; i < sums.length; i++) {
            result[to + i] = (byte) toByteRange(sums[i]);
        }
    }

    private static int toByteRange(int sum) {
        return Math.max(0, Math.min(255, sum >> ResampleTable.PRECISION_BITS));
    }
}
