package org.glip.sets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.glip.data.ListedSample;
import org.glip.data.SampleMetadata;
import org.glip.data.SampleSource;
import org.glip.files.TextLines;

/**
 * Pictures in one folder whose classes a file lists, a picture a line: the name, a comma or white space, and the class
 * as a folder name of the set (a WordNet id) or as a number from 0; what follows is ignored. So Kaggle's
 * {@code LOC_val_solution.csv} of ImageNet and Caffe's {@code val.txt} are read. The devkit's own list is read by
 * {@link ImageNetDevkit}: its numbers are those of a MATLAB file.
 */
final class LabelFile {
    private static final String HEADER = "ImageId";
    private static final List<String> ENDINGS = List.of("", ".JPEG", ".jpg", ".png");

    private final Path file;
    private final Path pictures;
    private final ZeroShotSet set;
    private final Map<String, Integer> numbers = new HashMap<>();

    private LabelFile(Path file, Path pictures, ZeroShotSet set) {
        this.file = file;
        this.pictures = pictures;
        this.set = set;
        for (int number = 0; number < set.classNames().size(); number++) {
            numbers.put(Integer.toString(number), number);
            if (!set.folders().isEmpty()) {
                numbers.put(set.folders().get(number), number);
            }
        }
    }

    /**
     * Reads the list.
     *
     * @param file the list
     * @param pictures the folder of the pictures
     * @throws IOException if the list is empty, a line is not of this form, a class is unknown, or a picture is
     *     missing; the message names the file and the line
     */
    static ClassificationSet read(Path file, Path pictures, ZeroShotSet set) throws IOException {
        List<ListedSample> samples = new LabelFile(file, pictures, set).samples();
        SampleSource source = SampleSource.listed(samples, "pictures in " + pictures + ", classes from " + file);
        return new ClassificationSet(set.name(), set.classNames(), set.templates(), source);
    }

    private List<ListedSample> samples() throws IOException {
        List<ListedSample> samples = new ArrayList<>();
        try (TextLines lines = TextLines.open(file)) {
            int row = 0;
            for (String line = lines.next(); line != null; line = lines.next()) {
                row++;
                if (!line.isEmpty() && !(row == 1 && line.startsWith(HEADER))) {
                    samples.add(sample(line, file + ", line " + row));
                }
            }
        }
        if (samples.isEmpty()) {
            throw new IOException("The list " + file + " names no picture");
        }
        return samples;
    }

    private ListedSample sample(String line, String place) throws IOException {
        String[] fields = line.split("[,\\s]+");
        if (fields.length < 2) {
            throw new IOException(place + ": \"" + line + "\" should be the name of a picture and its class");
        }
        Integer number = numbers.get(fields[1]);
        if (number == null) {
            throw new IOException(place + ": class " + fields[1] + " is none of the "
                    + set.classNames().size() + " classes of " + set.name());
        }
        for (String ending : ENDINGS) {
            Path picture = pictures.resolve(fields[0] + ending);
            if (Files.isRegularFile(picture)) {
                return new ListedSample(
                        fields[0],
                        picture.toString(),
                        set.classNames().get(number),
                        SampleMetadata.ofClass(number, set.classNames()),
                        place);
            }
        }
        throw new IOException(place + ": there is no picture " + fields[0] + " in " + pictures);
    }
}
