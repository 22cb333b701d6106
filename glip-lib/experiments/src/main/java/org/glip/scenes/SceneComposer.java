package org.glip.scenes;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.glip.data.ImageTextSample;
import org.glip.random.KeyedRandom;
import org.glip.random.KeyedRandom.Purpose;
import org.glip.scenes.AxisFilter.Edge;
import org.glip.scenes.Backgrounds.Photograph;

/**
 * Composes pictures with captions: objects pasted onto a photograph or a plain colour. A picture is a function of
 * (seed, preset, split, index); composers may work side by side.
 */
final class SceneComposer {
    private static final Box FOREGROUND = new Box(0, 0, Drawing.FOREGROUND_SIDE, Drawing.FOREGROUND_SIDE);
    private static final int WHITE = 0xFFFFFF;
    private static final double WHITE_PROBABILITY = 0.5;
    private static final double ROUNDING = 1e4;
    /** Standard deviations of the blur behind a subject, as a share of the picture's side. */
    private static final double LEAST_BLUR = 0.02;

    private static final double MOST_BLUR = 0.08;

    private final ScenesConfig config;
    private final SplitPlan plan;
    private final Backgrounds backgrounds;
    private final Tints tints;

    SceneComposer(ScenesConfig config, SplitPlan plan) throws IOException {
        this.config = config;
        this.plan = plan;
        this.backgrounds = Backgrounds.of(plan.split());
        this.tints = new Tints(plan.foregrounds());
    }

    /** How many splits may be told apart by the key of the random numbers. */
    private int splits() {
        return config.version() == ScenesVersion.V1 ? 4 : ScenesSplit.values().length;
    }

    /** The picture of this index within the split, encoded. */
    ImageTextSample compose(int index) throws IOException {
        int step = config.preset().ordinal() * splits() + plan.split().ordinal();
        SplittableRandom random = KeyedRandom.stream(config.seed(), Purpose.COMPOSITION, step, index);
        List<Foreground> drawings = plan.drawings(index, config.preset().objects(), random);
        List<Placement> placements = Placement.draw(config.preset(), config.version(), random);
        Canvas canvas = new Canvas(config.imageSize());
        JsonObject metadata = describe(drawings, placements);
        String landscape = paintBackground(canvas, metadata, random);
        for (int i = 0; i < drawings.size(); i++) {
            Foreground drawing = drawings.get(i);
            canvas.draw(
                    picture(drawing, random), FOREGROUND, placements.get(i).box(config.imageSize()), Edge.TRANSPARENT);
        }
        String key = String.format(Locale.ROOT, "%08d", index);
        String caption = caption(drawings, landscape, random);
        return new ImageTextSample(key, SceneEncoder.encode(canvas.toImage()), caption, metadata, key);
    }

    /** The drawing; from version 2 on half are mirrored, and those without a colour of their own are coloured in. */
    private ArgbImage picture(Foreground drawing, SplittableRandom random) throws IOException {
        ArgbImage image = ArgbImage.decode(drawing.png(), drawing.origin());
        if (config.version() == ScenesVersion.V1) {
            return image;
        }
        ArgbImage turned = random.nextBoolean() ? image.mirrored() : image;
        ArgbImage coloured =
                ForegroundSource.isColourless(drawing.style()) ? tints.sticker(drawing, turned, random) : turned;
        return config.varied() && plan.split() == ScenesSplit.TRAIN ? Variation.of(coloured, random) : coloured;
    }

    /** Paints it and returns its landscape, if it has one that a caption may mention. */
    private String paintBackground(Canvas canvas, JsonObject metadata, SplittableRandom random) {
        if (!config.preset().photographBehind()) {
            canvas.fill(random.nextDouble() < WHITE_PROBABILITY ? WHITE : random.nextInt(WHITE + 1));
            return "";
        }
        Photograph photograph = backgrounds.draw(random);
        Backgrounds.paint(photograph, canvas, config.imageSize(), random);
        if (config.focus() == ScenesConfig.Focus.SOFT) {
            canvas.blur(random.nextDouble(LEAST_BLUR, MOST_BLUR) * config.imageSize());
        }
        metadata.addProperty("background", photograph.file());
        return photograph.landscape();
    }

    private String caption(List<Foreground> drawings, String landscape, SplittableRandom random) {
        if (drawings.size() > 1) {
            return Captions.listing(drawings.stream().map(Foreground::concept).toList());
        }
        Concept concept = drawings.get(0).concept();
        return plan.split() == ScenesSplit.TRAIN ? Captions.forTraining(concept, landscape, random) : concept.label();
    }

    private JsonObject describe(List<Foreground> drawings, List<Placement> placements) {
        JsonObject metadata = new JsonObject();
        Concept concept = drawings.get(0).concept();
        metadata.addProperty("label", concept.label());
        metadata.addProperty("subgroup", concept.subgroup());
        metadata.addProperty("group", concept.group());
        metadata.addProperty("concept", concept.id());
        metadata.addProperty("conceptGroup", concept.groupKey());
        metadata.addProperty("fold", concept.fold());
        metadata.addProperty("flag", concept.flag());
        metadata.addProperty("style", drawings.get(0).style());
        metadata.addProperty("preset", config.preset().id());
        if (config.version() != ScenesVersion.V1) {
            metadata.addProperty(
                    "hand", ForegroundSource.of(drawings.get(0).style()).hand());
        }
        JsonArray objects = new JsonArray();
        for (int i = 0; i < drawings.size(); i++) {
            JsonObject object = new JsonObject();
            object.addProperty("label", drawings.get(i).concept().label());
            object.addProperty("style", drawings.get(i).style());
            object.addProperty("scale", rounded(placements.get(i).scale()));
            object.addProperty("x", rounded(placements.get(i).x()));
            object.addProperty("y", rounded(placements.get(i).y()));
            objects.add(object);
        }
        metadata.add("objects", objects);
        return metadata;
    }

    private static double rounded(double value) {
        return Math.round(value * ROUNDING) / ROUNDING;
    }
}
