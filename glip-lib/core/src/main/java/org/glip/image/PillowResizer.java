package org.glip.image;

/**
 * Antialiased resizing, equal bit for bit to {@code Image.resize((width, height), BICUBIC)} of Pillow 13 on RGB
 * pictures, and to {@code BILINEAR}, likewise.
 *
 * <p>As there, the two axes are resampled one after the other, with a rounding to 8 bits between them, so the order
 * shows in the last bit. Columns come first unless the height shrinks by more than twice as many pixels as the width;
 * in older versions of Pillow they always come first.
 *
 * <p>It is ours because Java2D and the libraries over it shrink without Pillow's antialiasing or round otherwise, and
 * features follow the bits.
 */
final class PillowResizer {
    private PillowResizer() {}

    /**
     * Resizes a whole picture, bicubic.
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
     * Cuts a box out and resizes it, bicubic; pixels outside the box have no influence (torchvision's
     * {@code resized_crop}).
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
     * Cuts a box out, resizes it, bicubic, and keeps a window of the result, computing no pixel outside the window.
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
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(window.width(), window.height()))];
        Scaling scaling = new Scaling(Interpolation.BICUBIC, source, width, height);
        resize(image.stored(), scaling, window, SampleSink.into(rgb));
        return new RgbImage(window.width(), window.height(), rgb);
    }

    /**
     * From a part of a picture to a size.
     *
     * @param filter how
     * @param source the part of the picture to resize
     * @param width columns of the whole result, at least 1
     * @param height rows of the whole result, at least 1
     */
    record Scaling(Interpolation filter, Box source, int width, int height) {}

    /** Does the same to a picture that may be in YCbCr still, and converts no pixel outside the box. */
    static void resize(StoredImage image, Scaling scaling, Box window, SampleSink sink) {
        Box source = scaling.source;
        source.requireInside(image.width(), image.height());
        window.requireInside(scaling.width, scaling.height);
        ResampleTable columns =
                ResampleTable.of(scaling.filter, source.width(), scaling.width, window.left(), window.width());
        ResampleTable rows =
                ResampleTable.of(scaling.filter, source.height(), scaling.height, window.top(), window.height());
        if (isRowsFirst(source, scaling.width, scaling.height)) {
            rowsThenColumns(image, source, rows, columns, sink);
        } else {
            columnsThenRows(image, source, rows, columns, sink);
        }
    }

    private static boolean isRowsFirst(Box source, int width, int height) {
        long lessHeight = source.height() - (long) height;
        long lessWidth = source.width() - (long) width;
        return lessHeight > 0 && lessHeight > 2 * lessWidth;
    }

    private static void columnsThenRows(
            StoredImage image, Box source, ResampleTable rows, ResampleTable columns, SampleSink sink) {
        int firstRow = rows.firstOfAll();
        int height = rows.endOfAll() - firstRow;
        Box needed = new Box(source.left(), source.top() + firstRow, source.width(), height);
        PlanarLines narrowed = new PlanarLines(firstRow, height, columns.outputs());
        LineResampler.resample(ImageLines.columns(image, needed), columns, narrowed);
        LineResampler.resample(
                narrowed, rows, (row, channel, samples) -> sink.accept(channel, row * columns.outputs(), 1, samples));
    }

    private static void rowsThenColumns(
            StoredImage image, Box source, ResampleTable rows, ResampleTable columns, SampleSink sink) {
        int firstColumn = columns.firstOfAll();
        int width = columns.endOfAll() - firstColumn;
        Box needed = new Box(source.left() + firstColumn, source.top(), width, source.height());
        PlanarLines flattened = new PlanarLines(firstColumn, width, rows.outputs());
        LineResampler.resample(ImageLines.rows(image, needed), rows, flattened);
        LineResampler.resample(
                flattened,
                columns,
                (column, channel, samples) -> sink.accept(channel, column, columns.outputs(), samples));
    }
}
