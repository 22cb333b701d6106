package org.glip.sets;

import static org.glip.sets.SetFixtures.classes;
import static org.glip.sets.SetFixtures.picture;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.glip.data.ImageTextSample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets whose classes need more than folders: ImageNet's development kit, SUN397, PASCAL VOC 2007. */
class UnpackedSetsTest {
    @TempDir
    Path folder;

    private void pictures(String... files) throws IOException {
        for (int i = 0; i < files.length; i++) {
            picture(folder.resolve(files[i]), i);
        }
    }

    private String failure(String set) {
        return assertThrows(IOException.class, () -> SetFolder.open(set, folder))
                .getMessage();
    }

    private Path write(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, content);
    }

    /** The kit of four classes that src/test/python/make_devkit.py makes. */
    private void devkit(String truth) throws IOException {
        write("ILSVRC2012_devkit_t12/data/ILSVRC2012_validation_ground_truth.txt", truth);
        try (InputStream meta = UnpackedSetsTest.class.getResourceAsStream("meta.mat")) {
            Files.copy(meta, folder.resolve("ILSVRC2012_devkit_t12/data/meta.mat"));
        }
    }

    @Test
    void imageNetMayBeFlatWithItsDevelopmentKit() throws IOException {
        pictures("val/ILSVRC2012_val_00000001.JPEG", "val/ILSVRC2012_val_00000002.JPEG");
        pictures("val/ILSVRC2012_val_00000003.JPEG");
        devkit("3\n1\n4\n");
        // numbers of the kit are those of its file, not of the sorted WordNet ids
        assertEquals(List.of(999, 278, 0), classes(SetFolder.open("imagenet1k", folder)));
    }

    @Test
    void aWrongDevelopmentKitIsAnErrorThatNamesTheLine() throws IOException {
        pictures("val/ILSVRC2012_val_00000001.JPEG", "val/ILSVRC2012_val_00000002.JPEG");
        devkit("3\n1001\n");
        assertTrue(failure("imagenet1k").contains("ground_truth.txt, line 2: \"1001\" is none of the 4 class numbers"));
        write("ILSVRC2012_devkit_t12/data/ILSVRC2012_validation_ground_truth.txt", "3\n1\n2\n");
        assertTrue(failure("imagenet1k").contains("ILSVRC2012_val_00000003.JPEG"));
        write("ILSVRC2012_devkit_t12/data/ILSVRC2012_validation_ground_truth.txt", "\n");
        assertTrue(failure("imagenet1k").contains("names no picture"));
        Path meta = write("ILSVRC2012_devkit_t12/data/meta.mat", "MATLAB 5.0 MAT-file, or so it says ".repeat(9));
        assertTrue(failure("imagenet1k").contains(meta + " is not ImageNet's meta.mat"), failure("imagenet1k"));
    }

    @Test
    void sunNestsClassesUnderLetters() throws IOException {
        pictures("SUN397/a/abbey/x.jpg", "SUN397/a/apartment_building/outdoor/y.jpg", "SUN397/y/youth_hostel/z.jpg");
        assertEquals(List.of(0, 8, 396), classes(SetFolder.open("sun397", folder)));
        write("Partitions/Testing_01.txt", "/y/youth_hostel/z.jpg\r\n/a/abbey/x.jpg\r\n");
        assertEquals(List.of(396, 0), classes(SetFolder.open("sun397", folder)));
    }

    @Test
    void whatIsNoClassOrNoPictureOfSunIsNamed() throws IOException {
        pictures("a/abbey/x.jpg", "a/no_such_place/y.jpg");
        assertTrue(failure("sun397").contains("a/no_such_place has the name of none of the 397 classes"));
        write("Testing_01.txt", "/a/abbey/x.jpg\n/a/abbey/missing.jpg\n");
        assertTrue(failure("sun397").contains("Testing_01.txt, line 2: there is no picture a/abbey/missing.jpg"));
        write("Testing_01.txt", "x.jpg\n");
        assertTrue(failure("sun397").contains("Testing_01.txt, line 1"));
    }

    private void voc() throws IOException {
        String root = "VOCdevkit/VOC2007/";
        pictures(root + "JPEGImages/000001.jpg", root + "JPEGImages/000002.jpg");
        List<String> names = ZeroShotSet.named("voc2007").classNames();
        for (String name : names) {
            String labels = name.equals("person") ? "000001  1\n000002  0\n" : "000001 -1\n000002 -1\n";
            write(
                    root + "ImageSets/Main/" + name + "_test.txt",
                    name.equals("dog") ? "000001  1\n000002 -1\n" : labels);
        }
    }

    @Test
    void picturesOfVocHaveSeveralClasses() throws IOException {
        voc();
        MultiLabelSet set = (MultiLabelSet) SetFolder.open("voc2007_multilabel", folder);
        List<ImageTextSample> samples = SetFixtures.read(set.source());
        assertEquals(20, set.classNames().size());
        assertEquals(
                "{\"classes\":[11,14],\"difficult\":[]}",
                samples.get(0).metadata().toString());
        assertEquals(
                "{\"classes\":[],\"difficult\":[14]}", samples.get(1).metadata().toString());
    }

    @Test
    void wrongListsOfVocAreErrorsThatNameTheLine() throws IOException {
        assertTrue(failure("voc2007_multilabel").contains("VOCdevkit/VOC2007/ImageSets/Main"));
        voc();
        String main = "VOCdevkit/VOC2007/ImageSets/Main/";
        write(main + "cat_test.txt", "000001 2\n");
        assertTrue(failure("voc2007_multilabel").contains("cat_test.txt, line 1: \"000001 2\" should be"));
        write(main + "cat_test.txt", "000001 1\n000003 1\n");
        assertTrue(failure("voc2007_multilabel").contains("have no picture 000003"));
        write(main + "cat_test.txt", "000001 1\n");
        assertTrue(failure("voc2007_multilabel").contains("lists 1 pictures, the lists before 2"));
        write(main + "cat_test.txt", "000001 1\n000002 1\n");
        Files.delete(folder.resolve("VOCdevkit/VOC2007/JPEGImages/000002.jpg"));
        assertTrue(failure("voc2007_multilabel").contains("000002.jpg is missing"));
    }
}
