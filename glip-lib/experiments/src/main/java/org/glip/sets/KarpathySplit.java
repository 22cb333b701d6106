package org.glip.sets;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.glip.data.ListedSample;
import org.glip.data.SampleMetadata;
import org.glip.data.SampleSource;
import org.glip.files.Json;
import org.glip.files.JsonException;
import org.jspecify.annotations.Nullable;

/**
 * The captions of COCO, Flickr30k and Flickr8k in the splits of Karpathy and Fei-Fei (2015): a JSON file
 * {@code {"images": [{"filepath": "val2014", "filename": "x.jpg", "split": "test", "sentences": [{"raw": "A dog."},
 * ...]}]}}. All captions of a picture count, as in CLIP_benchmark.
 */
public final class KarpathySplit {
    /** Where pictures lie in the folder of the set, besides in the image's own {@code filepath}. */
    private static final List<String> FOLDERS = List.of("", "images", "flickr30k-images", "flickr30k_images", "Images");

    private static final int NAMED_MISSING = 3;

    private final Path file;
    private final Path pictures;
    private final String split;
    private final List<ListedSample> samples = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    private KarpathySplit(Path file, Path pictures, String split) {
        this.file = file;
        this.pictures = pictures;
        this.split = split;
    }

    /**
     * Reads the pictures of a split. The file is streamed, an image at a time (COCO's has 150 MB).
     *
     * @param file such as {@code dataset_coco.json}
     * @param pictures the folder with the folders of pictures
     * @param split {@code test}, {@code val}, {@code train} or {@code restval}
     * @return the pictures in the order of the file, with their captions
     * @throws IOException if the file is missing or of another form, has no image of the split, has an image without
     *     captions, or names pictures that are not there; the message names the file and the image
     */
    public static SampleSource read(Path file, Path pictures, String split) throws IOException {
        KarpathySplit reader = new KarpathySplit(file, pictures, split);
        reader.readFile();
        return reader.source();
    }

    private void readFile() throws IOException {
        boolean found;
        try {
            found = Json.stream(file, "images", (image, index) -> add(image, file + ", images[" + index + "]"));
        } catch (JsonException e) {
            throw new IOException(file + " is not a caption file of Karpathy's form: " + e.getMessage(), e);
        }
        if (!found) {
            throw new IOException(file + " has no field \"images\"; it should be one of Karpathy's caption files");
        }
    }

    private void add(JsonElement element, String place) throws IOException {
        if (!(element instanceof JsonObject image)) {
            throw new IOException(place + " should be an object");
        }
        if (!text(image, "split", place).equals(split)) {
            return;
        }
        String name = text(image, "filename", place);
        List<String> captions = captions(image, place);
        Path picture = find(image, name, place);
        if (picture == null) {
            missing.add(place + ": " + name);
            return;
        }
        samples.add(new ListedSample(
                name, picture.toString(), captions.get(0), SampleMetadata.ofCaptions(captions), place));
    }

    private SampleSource source() throws IOException {
        if (!missing.isEmpty()) {
            int named = Math.min(NAMED_MISSING, missing.size());
            throw new IOException(missing.size() + " of " + (missing.size() + samples.size()) + " pictures of split '"
                    + split + "' are not in " + pictures + ": " + String.join("; ", missing.subList(0, named))
                    + (named < missing.size() ? "; ..." : ""));
        }
        if (samples.isEmpty()) {
            throw new IOException(file + " has no image of split '" + split + "'");
        }
        return SampleSource.listed(samples, "pictures in " + pictures + ", captions from " + file + ", split " + split);
    }

    private @Nullable Path find(JsonObject image, String name, String place) throws IOException {
        try {
            if (image.get("filepath") instanceof JsonPrimitive folder) {
                Path picture = pictures.resolve(folder.getAsString()).resolve(name);
                if (Files.isRegularFile(picture)) {
                    return picture;
                }
            }
            for (String folder : FOLDERS) {
                Path picture = pictures.resolve(folder).resolve(name);
                if (Files.isRegularFile(picture)) {
                    return picture;
                }
            }
            return null;
        } catch (InvalidPathException e) {
            throw new IOException(place + ": \"" + name + "\" is not the name of a file", e);
        }
    }

    private static List<String> captions(JsonObject image, String place) throws IOException {
        if (!(image.get("sentences") instanceof JsonArray sentences) || sentences.isEmpty()) {
            throw new IOException(place + " has no sentences");
        }
        List<String> captions = new ArrayList<>();
        for (JsonElement sentence : sentences) {
            if (!(sentence instanceof JsonObject object)) {
                throw new IOException(place + ": " + sentence + " should be a sentence with the field \"raw\"");
            }
            String caption = text(object, "raw", place).strip();
            if (caption.isEmpty()) {
                throw new IOException(place + " has an empty caption");
            }
            captions.add(caption);
        }
        return captions;
    }

    private static String text(JsonObject object, String field, String place) throws IOException {
        if (object.get(field) instanceof JsonPrimitive value && value.isString()) {
            return value.getAsString();
        }
        throw new IOException(place + " should have a text \"" + field + "\", not " + object.get(field));
    }
}
