package org.glip.experiment;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.glip.Clip;
import org.glip.Picture;
import org.glip.data.ImageTextSample;
import org.glip.eval.FeatureIndex;
import org.glip.eval.Features;
import org.glip.eval.ZeroShotClassifier;
import org.glip.report.NamedPicture;
import org.glip.report.SimilaritySheet;
import org.glip.scenes.Scenes;
import org.glip.scenes.ScenesSplit;

/**
 * Pictures of Scenes as a model sees them, one of each drawing, for looking at: what the model says of them, among all
 * labels that training shows, and which of them are near to a text.
 */
public final class ScenesGallery {
    private static final int GUESSES = 5;

    private final Clip clip;
    private final List<NamedPicture> pictures;
    private final Features features;

    private ScenesGallery(Clip clip, List<NamedPicture> pictures, Features features) {
        this.clip = clip;
        this.pictures = pictures;
        this.features = features;
    }

    /**
     * Has a model look at the first picture of each drawing of some splits.
     *
     * @param clip the model, asked by its own prompts; open for as long as the gallery is asked for texts
     * @param scenes the data
     * @param splits which parts, at least one with pictures
     * @return the gallery, in the order of splits and samples
     * @throws IOException if a shard cannot be read
     * @throws IllegalArgumentException if there is no picture
     */
    public static ScenesGallery of(Clip clip, Scenes scenes, ScenesSplit... splits) throws IOException {
        List<ImageTextSample> samples = new ArrayList<>();
        Set<String> drawings = new HashSet<>();
        for (ScenesSplit split : splits) {
            for (ImageTextSample sample : ScenesPictures.first(scenes, split, Integer.MAX_VALUE)) {
                if (drawings.add(text(sample, "concept") + " in " + text(sample, "style"))) {
                    samples.add(sample);
                }
            }
        }
        if (samples.isEmpty()) {
            throw new IllegalArgumentException(scenes.folder() + " has no pictures of " + List.of(splits));
        }
        List<BufferedImage> images = ScenesPictures.images(samples);
        Features features = clip.embedPictures(images.stream().map(Picture::of).toList());
        ZeroShotClassifier classifier = clip.classifier(scenes.classNames(), clip.prompts());
        double[][] probabilities = classifier.probabilities(features, clip.logitScale());
        List<NamedPicture> named = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            named.add(new NamedPicture(
                    images.get(i), text(samples.get(i), "label"), guesses(classifier.classNames(), probabilities[i])));
        }
        return new ScenesGallery(clip, named, features);
    }

    private static String text(ImageTextSample sample, String field) {
        return sample.metadata().get(field).getAsString();
    }

    private static List<NamedPicture.Guess> guesses(List<String> classNames, double[] probabilities) {
        return IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
                .limit(GUESSES)
                .map(i -> new NamedPicture.Guess(classNames.get(i), probabilities[i]))
                .toList();
    }

    /** {@return all pictures} */
    public List<NamedPicture> pictures() {
        return List.copyOf(pictures);
    }

    /** {@return the share of the pictures that are named right} */
    public double accuracy() {
        return (double) pictures.stream().filter(NamedPicture::isRight).count() / pictures.size();
    }

    /**
     * {@return pictures of different labels, spread evenly over all labels, not picked by how well they are known}
     *
     * @param count how many; fewer where there are not as many labels
     */
    public List<NamedPicture> spread(int count) {
        return spreadRows(count).stream().map(pictures::get).toList();
    }

    private List<Integer> spreadRows(int count) {
        Map<String, Integer> firsts = new LinkedHashMap<>();
        for (int i = 0; i < pictures.size(); i++) {
            firsts.putIfAbsent(pictures.get(i).label(), i);
        }
        List<Integer> rows = List.copyOf(firsts.values());
        int shown = Math.min(count, rows.size());
        return IntStream.range(0, shown)
                .mapToObj(i -> rows.get(i * rows.size() / shown))
                .toList();
    }

    /**
     * {@return pictures that the model names wrong, those first of which it is the most certain}
     *
     * @param count how many; fewer where not as many are wrong
     */
    public List<NamedPicture> confidentErrors(int count) {
        return pictures.stream()
                .filter(picture -> !picture.isRight())
                .sorted(Comparator.comparingDouble(
                        picture -> -picture.guesses().get(0).probability()))
                .limit(count)
                .toList();
    }

    /**
     * {@return the pictures nearest to a text, the most similar first}
     *
     * @param text any text; those of the captions are the best known
     * @param count how many; fewer where there are not as many
     */
    public List<NamedPicture> nearest(String text, int count) {
        return new FeatureIndex<>(pictures, features)
                .nearest(clip.embed(text), count).stream()
                        .map(FeatureIndex.Hit::item)
                        .toList();
    }

    /**
     * {@return some words that the pictures show, spread evenly over all}
     *
     * @param count how many; fewer where there are not as many
     */
    public List<String> words(int count) {
        return spread(count).stream().map(NamedPicture::label).toList();
    }

    /**
     * {@return how near some pictures, as {@link #spread} chooses them, and their labels are to each other}
     *
     * @param count how many; fewer where there are not as many labels
     */
    public SimilaritySheet similarities(int count) {
        List<Integer> rows = spreadRows(count);
        Features texts = clip.embedTexts(rows.stream()
                .map(row -> clip.prompts().fill(pictures.get(row).label()).get(0))
                .toList());
        double[][] cosines = new double[rows.size()][rows.size()];
        for (int i = 0; i < cosines.length; i++) {
            for (int j = 0; j < cosines.length; j++) {
                cosines[i][j] = cosine(texts, i, features, rows.get(j));
            }
        }
        return new SimilaritySheet(spread(count), cosines);
    }

    private static double cosine(Features first, int row, Features second, int other) {
        double sum = 0;
        for (int d = 0; d < first.dimension(); d++) {
            sum += (double) first.values()[row * first.dimension() + d]
                    * second.values()[other * second.dimension() + d];
        }
        return sum;
    }
}
