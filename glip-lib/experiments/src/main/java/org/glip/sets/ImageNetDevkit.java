package org.glip.sets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.glip.data.ListedSample;
import org.glip.data.SampleMetadata;
import org.glip.data.SampleSource;
import org.glip.files.TextLines;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Struct;

/**
 * ImageNet's validation pictures in one flat folder, as its archive unpacks, with the development kit beside them:
 * {@code data/meta.mat} says which WordNet id each of the kit's class numbers has, and {@code
 * data/ILSVRC2012_validation_ground_truth.txt} which number each picture has, a line for each from picture 1 on.
 */
final class ImageNetDevkit {
    private static final List<String> KITS = List.of("ILSVRC2012_devkit_t12", "");
    private static final String META = "meta.mat";
    private static final String TRUTH = "ILSVRC2012_validation_ground_truth.txt";
    private static final long LARGEST = 64L << 20;

    private final Path meta;
    private final Path pictures;
    private final ZeroShotSet set;

    private ImageNetDevkit(Path meta, Path pictures, ZeroShotSet set) {
        this.meta = meta;
        this.pictures = pictures;
        this.set = set;
    }

    /** The kit's MATLAB file, if a set's folder has one. */
    static Optional<Path> find(Path folder) {
        return KITS.stream()
                .map(folder::resolve)
                .flatMap(kit -> Stream.of(kit.resolve(META), kit.resolve("data").resolve(META)))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /**
     * Opens the pictures.
     *
     * @param meta the kit's MATLAB file, the list of the pictures' numbers beside it
     * @param pictures the flat folder
     * @throws IOException if a file is missing or damaged, a number or a WordNet id is unknown, or there is no picture
     *     for a line; the message names the file and the line
     */
    static ClassificationSet read(Path meta, Path pictures, ZeroShotSet set) throws IOException {
        List<ListedSample> samples = new ImageNetDevkit(meta, pictures, set).samples();
        SampleSource source = SampleSource.listed(samples, "pictures in " + pictures + ", classes from " + meta);
        return new ClassificationSet(set.name(), set.classNames(), set.templates(), source);
    }

    private List<ListedSample> samples() throws IOException {
        Map<Integer, Integer> classOfNumber = classes();
        Path truth = meta.resolveSibling(TRUTH);
        List<ListedSample> samples = new ArrayList<>();
        try (TextLines lines = TextLines.open(truth)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    int picture = samples.size() + 1;
                    samples.add(sample(picture, line.strip(), classOfNumber, truth + ", line " + picture));
                }
            }
        }
        if (samples.isEmpty()) {
            throw new IOException("The list " + truth + " names no picture");
        }
        return samples;
    }

    private ListedSample sample(int picture, String number, Map<Integer, Integer> classOfNumber, String place)
            throws IOException {
        Integer known = number.matches("\\d{1,9}") ? classOfNumber.get(Integer.valueOf(number)) : null;
        if (known == null) {
            throw new IOException(place + ": \"" + number + "\" is none of the " + classOfNumber.size()
                    + " class numbers of " + meta);
        }
        String key = String.format(Locale.ROOT, "ILSVRC2012_val_%08d", picture);
        Path file = pictures.resolve(key + ".JPEG");
        if (!Files.isRegularFile(file)) {
            throw new IOException(place + ": there is no picture " + file);
        }
        return new ListedSample(
                key,
                file.toString(),
                set.classNames().get(known),
                SampleMetadata.ofClass(known, set.classNames()),
                place);
    }

    /** The set's class of each of the kit's class numbers. */
    private Map<Integer, Integer> classes() throws IOException {
        Map<Integer, Integer> classes = new HashMap<>();
        for (Map.Entry<Integer, String> synset : synsets().entrySet()) {
            int known = set.folders().indexOf(synset.getValue());
            if (known < 0) {
                throw new IOException(meta + ": " + synset.getValue() + " is none of the "
                        + set.folders().size() + " classes of " + set.name());
            }
            classes.put(synset.getKey(), known);
        }
        return classes;
    }

    /** The WordNet id of each of the kit's class numbers; those of inner nodes of WordNet, above 1000, left out. */
    private Map<Integer, String> synsets() throws IOException {
        if (Files.size(meta) > LARGEST) {
            throw new IOException(meta + " has " + Files.size(meta) + " bytes; ImageNet's meta.mat has one megabyte");
        }
        Map<Integer, String> names = new HashMap<>();
        try (MatFile file = Mat5.readFromFile(meta.toFile())) {
            Struct synsets = file.getStruct("synsets");
            for (int row = 0; row < synsets.getNumElements(); row++) {
                if (synsets.getMatrix("num_children", row).getInt(0) == 0) {
                    names.put(
                            synsets.getMatrix("ILSVRC2012_ID", row).getInt(0),
                            synsets.getChar("WNID", row).getString());
                }
            }
        } catch (IOException | RuntimeException e) { // the reader tells damage by exceptions of many kinds
            throw new IOException(meta + " is not ImageNet's meta.mat: " + e.getMessage(), e);
        }
        return names;
    }
}
