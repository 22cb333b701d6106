package org.glip.report;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.glip.eval.ClassificationResult;

/** A grid of test pictures with what the model said about them. */
public final class PredictionSheet {
    private static final int TILE_SIDE = 168;
    private static final int PREDICTIONS = 3;

    private PredictionSheet() {}

    /**
     * Shows each picture with its three best classes; the right one is ticked, and where it is not among them a fourth
     * line names it.
     *
     * @param pictures pictures to show
     * @param images which image of the result each picture is
     * @param result the classification
     * @param columns pictures in a row, at least 1
     * @return the picture
     * @throws IllegalArgumentException if there is not one image number per picture, or a number is not in the result
     */
    public static BufferedImage draw(
            List<BufferedImage> pictures, int[] images, ClassificationResult result, int columns) {
        if (pictures.size() != images.length) {
            throw new IllegalArgumentException(
                    "There are " + pictures.size() + " pictures, but image numbers for " + images.length);
        }
        List<PictureSheet.Tile> tiles = new ArrayList<>();
        for (int i = 0; i < images.length; i++) {
            if (images[i] < 0 || images[i] >= result.count()) {
                throw new IllegalArgumentException(
                        "Image " + images[i] + " is not in a result of " + result.count() + " images");
            }
            tiles.add(new PictureSheet.Tile(pictures.get(i), captions(result, images[i])));
        }
        return new PictureSheet(tiles, columns, TILE_SIDE, List.of()).draw();
    }

    /**
     * Shows each picture with the three labels that the model finds most likely, and how likely; the right one is
     * ticked, and where it is not among them a fourth line names it.
     *
     * @param pictures pictures to show, at least one
     * @param columns pictures in a row, at least 1
     * @return the picture
     */
    public static BufferedImage draw(List<NamedPicture> pictures, int columns) {
        List<PictureSheet.Tile> tiles = new ArrayList<>();
        for (NamedPicture one : pictures) {
            tiles.add(new PictureSheet.Tile(one.picture(), captions(one)));
        }
        return new PictureSheet(tiles, columns, TILE_SIDE, List.of()).draw();
    }

    private static List<PictureSheet.Caption> captions(NamedPicture one) {
        List<PictureSheet.Caption> captions = new ArrayList<>();
        boolean named = false;
        for (NamedPicture.Guess guess :
                one.guesses().subList(0, Math.min(PREDICTIONS, one.guesses().size()))) {
            boolean right = guess.label().equals(one.label());
            named |= right;
            captions.add(new PictureSheet.Caption(
                    String.format(Locale.ROOT, "%s %.0f %%", guess.label(), 100 * guess.probability()),
                    right ? PictureSheet.Mark.RIGHT : PictureSheet.Mark.WRONG));
        }
        if (!named) {
            captions.add(new PictureSheet.Caption(one.label(), PictureSheet.Mark.MISSED));
        }
        return captions;
    }

    private static List<PictureSheet.Caption> captions(ClassificationResult result, int image) {
        List<PictureSheet.Caption> captions = new ArrayList<>();
        int[] predictions = result.predictions(image);
        boolean named = false;
        for (int place = 0; place < Math.min(PREDICTIONS, predictions.length); place++) {
            boolean right = predictions[place] == result.label(image);
            named |= right;
            captions.add(new PictureSheet.Caption(
                    result.classNames().get(predictions[place]),
                    right ? PictureSheet.Mark.RIGHT : PictureSheet.Mark.WRONG));
        }
        if (!named) {
            captions.add(
                    new PictureSheet.Caption(result.classNames().get(result.label(image)), PictureSheet.Mark.MISSED));
        }
        return captions;
    }
}
