package org.glip.experiment;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.glip.Clip;
import org.glip.LabelProbability;
import org.glip.Picture;
import org.glip.eval.FeatureIndex;
import org.glip.image.ImageDecoder;
import org.glip.image.ImageTransform;
import org.glip.image.Normalization;
import org.glip.model.ClipConfig;
import org.glip.report.NamedPicture;
import org.glip.report.PictureSheet;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Pictures of a folder, as a model sees them, and what a model says of them. What cannot be read is listed with the
 * reason; nothing leaves the machine.
 *
 * @param seen the pictures that can be read, by name
 * @param refused the other files, each with the reason
 */
public record OwnPictures(List<Seen> seen, List<String> refused) {
    private static final long MAX_FILE_BYTES = 256L << 20;

    /**
     * A picture.
     *
     * @param name of its file, without folder and ending
     * @param picture as it lies on the disk
     * @param square what the model gets of it
     */
    public record Seen(String name, Picture picture, BufferedImage square) {}

    /** Copies both lists. */
    public OwnPictures {
        seen = List.copyOf(seen);
        refused = List.copyOf(refused);
    }

    /**
     * Reads a folder and the folders in it; hidden files are left out.
     *
     * @param folder of pictures: JPEG, PNG, GIF or WebP, told by their content
     * @param model whose preprocessing makes a square of each
     * @return the pictures, and what is none
     * @throws IOException if there is no such folder, or nothing in it is a picture that can be read; the message has
     *     the reasons
     */
    public static OwnPictures read(Path folder, ClipConfig model) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no folder " + folder + "; make it, and put pictures into it");
        }
        List<Seen> seen = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList()) {
                String shown = folder.relativize(file).toString();
                try {
                    seen.add(new Seen(nameOf(file), Picture.of(file), square(file, shown, model)));
                } catch (IOException e) {
                    String reason = String.valueOf(e.getMessage());
                    refused.add(reason.contains(shown) ? reason : shown + ": " + reason);
                }
            }
        }
        if (seen.isEmpty()) {
            throw new IOException(folder + " holds no picture that can be read"
                    + (refused.isEmpty() ? "; it is empty" : ": " + String.join("; ", refused)));
        }
        return new OwnPictures(seen, refused);
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static BufferedImage square(Path file, String shown, ClipConfig model) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IOException("it has more than " + MAX_FILE_BYTES + " bytes, too many for a picture");
        }
        int side = model.vision().imageSize();
        ImageTransform transform = model.preprocessing().evaluation(side);
        float[] planes = new float[3 * side * side];
        transform.apply(
                ImageDecoder.decodeStored(Files.readAllBytes(file), shown),
                new SplittableRandom(0), // left alone: nothing is drawn
                planes,
                0);
        return image(planes, side, model.preprocessing().normalization());
    }

    /** The model's numbers as colours again. */
    private static BufferedImage image(float[] planes, int side, Normalization normalization) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int at = 0; at < side * side; at++) {
            int rgb = 0;
            for (int plane = 0; plane < 3; plane++) {
                double value = planes[plane * side * side + at] * normalization.std()[plane]
                        + normalization.mean()[plane];
                rgb = rgb << 8 | (int) Math.round(255 * Math.max(0, Math.min(1, value)));
            }
            image.setRGB(at % side, at / side, rgb);
        }
        return image;
    }

    /** {@return the pictures, for {@link Clip}} */
    public List<Picture> pictures() {
        return seen.stream().map(Seen::picture).toList();
    }

    /** {@return what the model gets of each} */
    public List<BufferedImage> squares() {
        return seen.stream().map(Seen::square).toList();
    }

    /** {@return the squares with their names} */
    public BufferedImage sheet() {
        List<PictureSheet.Tile> tiles = seen.stream()
                .map(one -> new PictureSheet.Tile(one.square(), List.of(PictureSheet.Caption.plain(one.name()))))
                .toList();
        return new PictureSheet(tiles, Math.min(6, tiles.size()), 128, List.of()).draw();
    }

    /**
     * {@return each picture with what a model says of it}
     *
     * @param answers of {@link Clip#classify}, a list for each picture
     */
    public List<NamedPicture> named(List<List<LabelProbability>> answers) {
        List<NamedPicture> named = new ArrayList<>();
        for (int i = 0; i < seen.size(); i++) {
            List<NamedPicture.Guess> guesses = answers.get(i).stream()
                    .map(answer -> new NamedPicture.Guess(answer.label(), answer.probability()))
                    .toList();
            named.add(new NamedPicture(seen.get(i).square(), seen.get(i).name(), guesses));
        }
        return named;
    }

    /**
     * {@return the pictures of an index that are nearest to a feature, the most similar first}
     *
     * @param index of {@link #pictures}
     * @param feature of a text or a picture
     * @param count how many at most
     */
    public List<NamedPicture> nearest(FeatureIndex<Picture> index, float[] feature, int count) {
        Map<Picture, Seen> byPicture = seen.stream().collect(Collectors.toMap(Seen::picture, one -> one));
        return index.nearest(feature, count).stream()
                .map(hit -> byPicture.get(hit.item()))
                .map(one -> new NamedPicture(one.square(), one.name(), List.of()))
                .toList();
    }

    /**
     * {@return the likeliest label of each picture, asked in several ways}
     *
     * @param title of the table
     * @param answers by the way of asking: a list for each picture, as {@link Clip#classify} gives it
     */
    public Table firstLabels(String title, Map<String, List<List<LabelProbability>>> answers) {
        Table table =
                Table.create(title, StringColumn.create("picture", seen.stream().map(Seen::name)));
        answers.forEach((way, said) -> table.addColumns(StringColumn.create(
                way,
                said.stream()
                        .map(all -> String.format(
                                Locale.ROOT,
                                "%s %.0f %%",
                                all.get(0).label(),
                                100 * all.get(0).probability())))));
        return table;
    }

    /** {@return how many can be read, and what cannot} */
    @Override
    public String toString() {
        String read =
                seen.size() + " pictures: " + seen.stream().map(Seen::name).collect(Collectors.joining(", "));
        return refused.isEmpty() ? read : read + "\nnot read:\n  " + String.join("\n  ", refused);
    }
}
