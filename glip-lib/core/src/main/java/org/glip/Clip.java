package org.glip;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.glip.engine.Torch;
import org.glip.eval.FeatureIndex;
import org.glip.eval.Features;
import org.glip.eval.ZeroShotClassifier;
import org.glip.model.ClipConfig;
import org.glip.text.PromptTemplates;

/**
 * A trained model that answers: which of these labels fits a picture, which of these pictures fits a text, how alike
 * are the two.
 *
 * <pre>{@code
 * try (Clip clip = Clip.open(Path.of("runs/glip"))) {
 *     for (LabelProbability answer : clip.classify(Path.of("photo.jpg"), List.of("cat", "dog", "bird"))) {
 *         System.out.printf("%s %.3f%n", answer.label(), answer.probability());
 *     }
 *     FeatureIndex<Picture> album = clip.index(Picture.in(Path.of("photos")));
 *     album.nearest(clip.embed("a red car"), 10).forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>Features are L2-normalised, so that the dot product of two is their cosine. A picture becomes pixels in the
 * model's own way: its image size, and what its {@link ClipConfig#preprocessing} says of resizing and normalising.
 *
 * <p><b>Threads</b> may share a Clip: the model does not change, each call computes in memory of its own, and its
 * result does not depend on what other threads do, to the last bit. A call uses all of the engine's threads already
 * ({@link Torch#setThreads}), so several at a time answer sooner only where one leaves cores idle. {@link #close} waits
 * for calls in progress; later ones fail.
 *
 * <p>Of <b>many pictures</b> one batch at a time is in memory, so any {@link Iterable} will do, also one that makes its
 * pictures when it is asked for them. A picture that cannot be read ends the work with an {@link IOException} that
 * names it, unless a {@link Picture.Listener} decides otherwise. Beside other pictures, a feature may differ by
 * rounding from what it is alone.
 */
public final class Clip implements AutoCloseable {
    private final LoadedModel model;
    private final Preprocessing preprocessing;
    private final PromptTemplates prompts;

    Clip(LoadedModel model, PromptTemplates prompts) {
        this.model = model;
        this.prompts = prompts;
        this.preprocessing = Preprocessing.of(model.config());
    }

    /**
     * Opens a model, to compute in float32 on the engine's preferred device.
     *
     * @param modelOrRun the folder of a run (its finished model, else its newest checkpoint), a folder with weights and
     *     their configuration, or a file of weights beside its configuration: safetensors or a zip file of PyTorch, in
     *     open_clip's names
     * @return the model, to be closed by the caller
     * @throws IOException where there is no model or it is damaged; the file is named
     * @throws IllegalArgumentException where the configuration asks for what this library does not build; the field is
     *     named
     */
    public static Clip open(Path modelOrRun) throws IOException {
        return builder().setModel(modelOrRun).build();
    }

    /**
     * Opens the small model that comes with the library, to try things with: it knows some two hundred things by one
     * word each, as drawings in front of a blurred photograph. Its card, {@code org/glip/pretrained/MODEL_CARD.md} in
     * the jar, says which, how surely, and how it was made.
     *
     * @return the model, to be closed by the caller
     * @throws IOException where there is no room for 16 MB in the folder of temporary files
     */
    public static Clip pretrained() throws IOException {
        return builder().setPretrained().build();
    }

    /** {@return the configuration of the {@linkplain #pretrained model that comes with the library}} */
    public static ClipConfig pretrainedConfig() {
        return PretrainedModel.config();
    }

    /**
     * Opens a model in another way.
     *
     * @return a builder; {@link ClipBuilder#setModel} or {@link ClipBuilder#setPretrained} must be called
     */
    public static ClipBuilder builder() {
        return new ClipBuilder();
    }

    /** {@return the model's configuration} */
    public ClipConfig config() {
        return model.config();
    }

    /**
     * {@return the factor that the model was trained to put before a cosine, so that its softmax gives probabilities}
     */
    public double logitScale() {
        return model.logitScale();
    }

    /**
     * {@return the sentences that a label is put into where no others are given: those that the model's folder records
     * ({@link org.glip.model.ModelFolder#PROMPTS}), since they fit the captions it was trained on, and where it records
     * none "a photo of a {}."}
     */
    public PromptTemplates prompts() {
        return prompts;
    }

    /**
     * Embeds a text.
     *
     * @param text any text; what is longer than the model's context is cut
     * @return its feature, L2-normalised
     */
    public float[] embed(String text) {
        return model.texts(List.of(text)).values();
    }

    /**
     * Embeds the picture in a file.
     *
     * @param picture the file
     * @return its feature, L2-normalised
     * @throws IOException if it cannot be read or is no picture; it is named
     */
    public float[] embed(Path picture) throws IOException {
        return embed(Picture.of(picture));
    }

    /**
     * Embeds a picture.
     *
     * @param picture the picture
     * @return its feature, L2-normalised
     * @throws IOException if it cannot be read or is no picture; it is named
     */
    public float[] embed(Picture picture) throws IOException {
        return features(picture).values();
    }

    private Features features(Picture picture) throws IOException {
        return model.pictures(List.of(preprocessing.pixels(picture.read())));
    }

    /**
     * Embeds texts.
     *
     * @param texts at least one
     * @return their features, in order
     */
    public Features embedTexts(List<String> texts) {
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("there is no text to embed");
        }
        return model.texts(texts);
    }

    /**
     * Embeds pictures.
     *
     * @param pictures at least one
     * @return their features, in order
     * @throws IOException if one cannot be read or is no picture; it is named
     */
    public Features embedPictures(Iterable<Picture> pictures) throws IOException {
        FeatureCollector collected = new FeatureCollector((picture, feature) -> {});
        embedPictures(pictures, collected);
        return collected.features();
    }

    /**
     * Embeds pictures and hands each feature on, so that not even these are kept.
     *
     * @param pictures any number
     * @param listener told the feature of each picture, L2-normalised, or that it cannot be read
     * @throws IOException if one cannot be read and the listener does not put up with that
     */
    public void embedPictures(Iterable<Picture> pictures, Picture.Listener<float[]> listener) throws IOException {
        each(pictures, FeatureCollector::rows, listener);
    }

    private <R> void each(Iterable<Picture> pictures, Function<Features, List<R>> work, Picture.Listener<R> listener)
            throws IOException {
        PictureBatches batches = new PictureBatches(pictures.iterator(), preprocessing);
        while (batches.next()) {
            List<float[]> pixels = batches.pixels();
            batches.tell(pixels.isEmpty() ? List.of() : work.apply(model.pictures(pixels)), listener);
        }
    }

    /**
     * Returns how well a text fits a picture.
     *
     * @param picture the file of the picture
     * @param text the text
     * @return the cosine of their features, from -1 to 1
     * @throws IOException if the picture cannot be read or is none; it is named
     */
    public double similarity(Path picture, String text) throws IOException {
        return similarity(Picture.of(picture), text);
    }

    /**
     * Returns how well a text fits a picture.
     *
     * @param picture the picture
     * @param text the text
     * @return the cosine of their features, from -1 to 1
     * @throws IOException if the picture cannot be read or is none; it is named
     */
    public double similarity(Picture picture, String text) throws IOException {
        float[] a = embed(picture);
        float[] b = embed(text);
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += (double) a[d] * b[d];
        }
        return sum;
    }

    /**
     * Finds the labels of a picture, with the model's own {@linkplain #prompts() prompts} around them.
     *
     * @param picture the file of the picture
     * @param labels what it may show, at least two, in words
     * @return all labels, the most likely first
     * @throws IOException if the picture cannot be read or is none; it is named
     * @throws IllegalArgumentException if there are no labels, one is blank or repeated, or there is only one
     */
    public List<LabelProbability> classify(Path picture, List<String> labels) throws IOException {
        return classify(Picture.of(picture), labels);
    }

    /**
     * Finds the labels of a picture, with the model's own {@linkplain #prompts() prompts} around them.
     *
     * @param picture the picture
     * @param labels what it may show, at least two, in words
     * @return all labels, the most likely first
     * @throws IOException if the picture cannot be read or is none; it is named
     * @throws IllegalArgumentException if there are no labels, one is blank or repeated, or there is only one
     */
    public List<LabelProbability> classify(Picture picture, List<String> labels) throws IOException {
        return ranked(classifier(labels, prompts()), features(picture)).get(0);
    }

    /**
     * Finds the labels of pictures.
     *
     * @param pictures any number
     * @param labels what they may show, at least two, in words
     * @param templates sentences that a label is put into; the features of all of them are averaged
     * @return for each picture, in order, all labels, the most likely first
     * @throws IOException if a picture cannot be read or is none; it is named
     * @throws IllegalArgumentException if there are no labels, one is blank or repeated, or there is only one
     */
    public List<List<LabelProbability>> classify(
            Iterable<Picture> pictures, List<String> labels, PromptTemplates templates) throws IOException {
        List<List<LabelProbability>> answers = new ArrayList<>();
        classify(pictures, classifier(labels, templates), (picture, answer) -> answers.add(answer));
        return answers;
    }

    /**
     * Finds the labels of pictures and hands each answer on, so that none is kept.
     *
     * @param pictures any number
     * @param classifier of this model; see {@link #classifier}
     * @param listener told all labels of each picture, the most likely first, or that it cannot be read
     * @throws IOException if a picture cannot be read and the listener does not put up with that
     */
    public void classify(
            Iterable<Picture> pictures,
            ZeroShotClassifier classifier,
            Picture.Listener<List<LabelProbability>> listener)
            throws IOException {
        each(pictures, features -> ranked(classifier, features), listener);
    }

    /**
     * Embeds labels once, to classify any number of pictures by them.
     *
     * @param labels at least two, in words
     * @param templates sentences that a label is put into; the features of all of them are averaged
     * @return the classifier, which needs no memory of the engine
     * @throws IllegalArgumentException if there are no labels, one is blank or repeated, or there is only one
     */
    public ZeroShotClassifier classifier(List<String> labels, PromptTemplates templates) {
        Labels.check(labels, model.tokenizer());
        Labels.checkPrompts(
                labels, templates, model.tokenizer(), config().text().contextLength());
        return ZeroShotClassifier.fromPrompts(labels, templates::fill, model::texts);
    }

    private List<List<LabelProbability>> ranked(ZeroShotClassifier classifier, Features pictures) {
        return Arrays.stream(classifier.probabilities(pictures, logitScale()))
                .map(probabilities -> Labels.ranked(classifier.classNames(), probabilities))
                .toList();
    }

    /**
     * Embeds pictures, to search them: {@code index.nearest(clip.embed("a red car"), 10)}.
     *
     * @param pictures at least one; the index keeps them with their features, so files are better than images in memory
     * @return the index
     * @throws IOException if a picture cannot be read or is none; it is named
     */
    public FeatureIndex<Picture> index(Iterable<Picture> pictures) throws IOException {
        return index(pictures, (picture, feature) -> {});
    }

    /**
     * Embeds pictures, to search them, and tells how it goes.
     *
     * @param pictures at least one that can be read
     * @param listener told of each picture; one that it puts up with is not in the index
     * @return the index
     * @throws IOException if a picture cannot be read and the listener does not put up with that
     * @throws IllegalArgumentException if no picture is left
     */
    public FeatureIndex<Picture> index(Iterable<Picture> pictures, Picture.Listener<float[]> listener)
            throws IOException {
        FeatureCollector collected = new FeatureCollector(listener);
        embedPictures(pictures, collected);
        return new FeatureIndex<>(collected.pictures(), collected.features());
    }

    /**
     * Embeds texts, to search them: {@code index.nearest(clip.embed(picture), 3)}.
     *
     * @param texts at least one
     * @return the index
     */
    public FeatureIndex<String> indexTexts(List<String> texts) {
        return new FeatureIndex<>(texts, embedTexts(texts));
    }

    /** {@return size of pictures, patches, layers, widths, and the prompts that the model remembers} */
    @Override
    public String toString() {
        ClipConfig.Vision vision = config().vision();
        ClipConfig.Text text = config().text();
        return String.format(
                Locale.ROOT,
                "model of pictures of %d px (%d patches; %d layers of width %d) and of texts of up to %d tokens"
                        + " (%d of width %d), features of %d numbers, prompts %s",
                vision.imageSize(),
                vision.grid().patches(),
                vision.layers(),
                vision.width(),
                text.contextLength(),
                text.layers(),
                text.width(),
                config().embedding(),
                prompts().templates());
    }

    /** Frees the model, after the calls that are in progress. Features, classifiers and indexes stay usable. */
    @Override
    public void close() {
        model.close();
    }
}
