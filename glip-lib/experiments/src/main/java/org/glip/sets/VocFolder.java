package org.glip.sets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.glip.data.ListedSample;
import org.glip.data.SampleMetadata;
import org.glip.data.SampleSource;
import org.glip.files.TextLines;

/**
 * PASCAL VOC 2007 as its archives unpack: {@code VOCdevkit/VOC2007/} with {@code JPEGImages/} and {@code
 * ImageSets/Main/CLASS_test.txt}, a picture a line with 1 (shows the class), 0 (shows it by objects alone that are
 * marked difficult) or -1.
 */
final class VocFolder {
    /** CLIP_benchmark's name of the set with several classes a picture. */
    static final String NAME = "voc2007_multilabel";

    private static final List<String> ROOTS = List.of("VOCdevkit/VOC2007", "VOC2007", "");

    private final Path root;
    private final ZeroShotSet set = ZeroShotSet.named("voc2007");

    /** What each picture shows. */
    private record Shown(List<Integer> classes, List<Integer> difficult) {}

    private VocFolder(Path root) {
        this.root = root;
    }

    /**
     * Opens the test pictures.
     *
     * @param folder with VOCdevkit in it, or its content
     * @throws IOException if a list is missing or has a line of another form, the lists name different pictures, or a
     *     picture is missing; the message names the file and the line
     */
    static MultiLabelSet read(Path folder) throws IOException {
        Path root = Stream.of(ROOTS.toArray(String[]::new))
                .map(folder::resolve)
                .filter(candidate -> Files.isDirectory(candidate.resolve("ImageSets/Main")))
                .findFirst()
                .orElseThrow(() -> new IOException("Folder " + folder + " of the set " + NAME
                        + " holds neither VOCdevkit/VOC2007/ImageSets/Main nor test/nshards.txt"));
        return new VocFolder(root).read();
    }

    private MultiLabelSet read() throws IOException {
        Map<String, Shown> pictures = new LinkedHashMap<>();
        for (int number = 0; number < set.classNames().size(); number++) {
            addClass(number, pictures);
        }
        List<ListedSample> samples = new ArrayList<>();
        for (Map.Entry<String, Shown> picture : pictures.entrySet()) {
            Path file = root.resolve("JPEGImages").resolve(picture.getKey() + ".jpg");
            if (!Files.isRegularFile(file)) {
                throw new IOException("Picture " + file + " is missing");
            }
            Shown shown = picture.getValue();
            samples.add(new ListedSample(
                    picture.getKey(),
                    file.toString(),
                    set.name(), // a sample needs a caption; nobody reads this one
                    SampleMetadata.ofClasses(shown.classes(), shown.difficult()),
                    file.toString()));
        }
        return new MultiLabelSet(
                NAME, set.classNames(), set.templates(), SampleSource.listed(samples, "pictures in " + root));
    }

    private void addClass(int number, Map<String, Shown> pictures) throws IOException {
        Path list = root.resolve("ImageSets/Main").resolve(set.classNames().get(number) + "_test.txt");
        int row = 0;
        try (TextLines lines = TextLines.open(list)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    row++;
                    add(line.strip(), number, pictures, list + ", line " + row);
                }
            }
        }
        if (row != pictures.size()) {
            throw new IOException(list + " lists " + row + " pictures, the lists before " + pictures.size());
        }
    }

    private static void add(String line, int number, Map<String, Shown> pictures, String place) throws IOException {
        String[] fields = line.split("\\s+");
        if (fields.length != 2 || !fields[0].matches("\\w+") || !fields[1].matches("-?1|0")) {
            throw new IOException(place + ": \"" + line + "\" should be the number of a picture and 1, 0 or -1");
        }
        if (number > 0 && !pictures.containsKey(fields[0])) {
            throw new IOException(place + ": the lists of other classes have no picture " + fields[0]);
        }
        Shown shown = pictures.computeIfAbsent(fields[0], key -> new Shown(new ArrayList<>(), new ArrayList<>()));
        if (fields[1].equals("1")) {
            shown.classes().add(number);
        } else if (fields[1].equals("0")) {
            shown.difficult().add(number);
        }
    }
}
