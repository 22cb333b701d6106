package org.glip.sets;

import static org.glip.sets.SetFixtures.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** data-scripts/imagenet.sh and imagenet-robustness.sh. */
class ImageNetScriptsTest {
    private static final String VAL = "ILSVRC2012_img_val.tar";
    private static final String KIT = "ILSVRC2012_devkit_t12.tar.gz";
    private static final String TRAIN = "ILSVRC2012_img_train.tar";

    @TempDir
    Path folder;

    private DataScripts scripts;

    @BeforeEach
    void install() throws IOException {
        scripts = new DataScripts(folder);
    }

    private DataScripts.Run imageNet(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("downloads", "sets"));
        return scripts.run("imagenet.sh", arguments.toArray(String[]::new));
    }

    private void imageNetArchives() throws IOException {
        scripts.archive(
                VAL,
                new TreeMap<>(Map.of(
                        "ILSVRC2012_val_00000001.JPEG", scripts.picture(1),
                        "ILSVRC2012_val_00000002.JPEG", scripts.picture(2))));
        try (InputStream meta = ImageNetScriptsTest.class.getResourceAsStream("meta.mat")) {
            scripts.archive(
                    KIT,
                    Map.of(
                            "ILSVRC2012_devkit_t12/data/meta.mat", meta.readAllBytes(),
                            "ILSVRC2012_devkit_t12/data/ILSVRC2012_validation_ground_truth.txt",
                                    DataScripts.text("3\n1\n"),
                            "ILSVRC2012_devkit_t12/readme.txt", DataScripts.text("not needed")));
        }
        scripts.publish(VAL, 2);
        scripts.publish(KIT, 0);
    }

    @Test
    void imageNetIsUnpackedAsTheLibraryReadsIt() throws Exception {
        imageNetArchives();
        DataScripts.Run run = imageNet();
        assertEquals(0, run.code(), run.err());
        Path set = scripts.sets().resolve("imagenet1k");
        assertEquals(List.of(999, 278), classes(SetFolder.open("imagenet1k", set)));
        assertFalse(Files.exists(set.resolve("train")));
        assertTrue(imageNet().err().contains("val is there already"));
    }

    @Test
    void allThatIsMissingIsNamedWithItsSource() throws Exception {
        scripts.publish(VAL, "-\t-\t-");
        scripts.publish(KIT, "-\t-\t-");
        DataScripts.Run run = imageNet();
        assertEquals(1, run.code());
        assertTrue(run.err().contains(VAL + " from the page of " + VAL), run.err());
        assertTrue(run.err().contains(KIT + " from the page of " + KIT), run.err());
    }

    @Test
    void aDownloadThatIsCutOffOrDamagedIsToldAndLeavesNothing() throws Exception {
        imageNetArchives();
        Path archive = scripts.downloads().resolve(VAL);
        byte[] sound = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(sound, sound.length - 512));
        DataScripts.Run cut = imageNet();
        assertEquals(1, cut.code());
        assertTrue(cut.err().contains("not " + sound.length + ": the download is incomplete"), cut.err());
        sound[600] ^= 1;
        Files.write(archive, sound);
        DataScripts.Run damaged = imageNet();
        assertEquals(1, damaged.code());
        assertTrue(damaged.err().contains("it is damaged; fetch it again from the page of " + VAL), damaged.err());
        assertFalse(Files.exists(scripts.sets().resolve("imagenet1k/val")));
    }

    @Test
    void picturesThatAreTooFewAreToldAndLeaveNoFolder() throws Exception {
        imageNetArchives();
        scripts.publish(VAL, 3);
        DataScripts.Run run = imageNet();
        assertEquals(1, run.code());
        assertTrue(run.err().contains("held 2 pictures, not 3"), run.err());
        assertFalse(Files.exists(scripts.sets().resolve("imagenet1k/val")));
    }

    @Test
    void trainingPicturesComeOutOfArchivesInTheArchive() throws Exception {
        imageNetArchives();
        Map<String, byte[]> classes = new TreeMap<>();
        for (String name : List.of("n01440764", "n15075141")) {
            classes.put(name + ".tar", DataScripts.tar(Map.of(name + "_1.JPEG", scripts.picture(1)), false));
        }
        scripts.archive(TRAIN, classes);
        scripts.publish(TRAIN, "-\t-\t-");
        Path train = scripts.sets().resolve("imagenet1k/train");
        Files.createDirectories(train.resolve(".n15075141.part/half")); // an earlier run ended here
        Files.createDirectories(train.resolve("n01440764"));
        assertEquals(0, imageNet("--train").code());
        assertTrue(Files.exists(train.resolve("n15075141/n15075141_1.JPEG")));
        assertFalse(Files.exists(train.resolve(".n15075141.part")));
        assertFalse(Files.exists(train.resolve("n01440764/n01440764_1.JPEG")), "what was done is not done again");
    }

    private Map<String, byte[]> pictures(String... names) throws IOException {
        Map<String, byte[]> members = new TreeMap<>();
        for (String name : names) {
            members.put(name, scripts.picture(members.size()));
        }
        return members;
    }

    private void robustness(String archive, String... pictures) throws IOException {
        Map<String, byte[]> members = pictures(pictures);
        members.put("README.txt", DataScripts.text("not a picture"));
        scripts.archive(archive, members);
        scripts.publish(archive, pictures.length);
    }

    @Test
    void theRobustnessSetsAreUnpackedAsTheLibraryReadsThem() throws Exception {
        robustness(
                "imagenetv2-matched-frequency.tar.gz",
                "imagenetv2-matched-frequency-format-val/0/a.jpeg",
                "imagenetv2-matched-frequency-format-val/999/b.jpeg");
        robustness("imagenet-a.tar", "imagenet-a/n01498041/a.jpg", "imagenet-a/n01534433/b.jpg");
        robustness("imagenet-r.tar", "imagenet-r/n01443537/a.jpg", "imagenet-r/n01484850/b.jpg");
        robustness("ImageNet-Sketch.zip", "sketch/n01440764/a.JPEG", "sketch/n15075141/b.JPEG");
        scripts.publish("objectnet-1.0", "-\t-\t-");
        DataScripts.Run run = scripts.run("imagenet-robustness.sh", "downloads", "sets");
        assertEquals(1, run.code(), "ObjectNet is missing");
        assertTrue(run.err().contains("objectnet-1.0 from the page of objectnet-1.0"), run.err());
        Map<String, List<Integer>> expected = Map.of(
                "imagenetv2", List.of(0, 999),
                "imagenet-a", List.of(0, 2),
                "imagenet-r", List.of(0, 1),
                "imagenet_sketch", List.of(0, 999));
        for (Map.Entry<String, List<Integer>> set : expected.entrySet()) {
            Path unpacked = scripts.sets().resolve(set.getKey());
            assertEquals(set.getValue(), classes(SetFolder.open(set.getKey(), unpacked)), set.getKey());
        }
    }

    @Test
    void objectNetIsLookedAtAndLinked() throws Exception {
        Path unpacked = scripts.downloads().resolve("objectnet-1.0");
        scripts.publish("objectnet-1.0", "-\t-\t-");
        Files.createDirectories(unpacked.resolve("mappings"));
        Files.writeString(
                unpacked.resolve("mappings/folder_to_objectnet_label.json"),
                "{\"band_aid\": \"Band Aid\", \"t_shirt\": \"T-shirt\"}");
        Files.writeString(
                unpacked.resolve("mappings/objectnet_to_imagenet_1k.json"),
                "{\"T-shirt\": \"jersey\", \"Band Aid\": \"Band Aid\"}");
        SetFixtures.picture(unpacked.resolve("images/band_aid/a.png"), 1);
        DataScripts.Run incomplete = scripts.run("imagenet-robustness.sh", "downloads", "sets", "objectnet");
        assertTrue(incomplete.err().contains("lacks 1 of 2 folders, such as t_shirt"), incomplete.err());
        SetFixtures.picture(unpacked.resolve("images/t_shirt/a.png"), 1);
        assertEquals(
                0,
                scripts.run("imagenet-robustness.sh", "downloads", "sets", "objectnet")
                        .code());
        Path set = scripts.sets().resolve("objectnet");
        assertEquals(List.of(0, 1), classes(SetFolder.open("objectnet", set)));
    }

    @Test
    void theTableOfTheRealArchivesIsUnderstood() throws Exception {
        for (String line : scripts.useRealTable()) {
            assertTrue(
                    line.matches("#.*|\\S+\t(-|\\d+)\t(-|sha256:[0-9a-f]{64}|md5:[0-9a-f]{32})\t(-|\\d+)\t.+"), line);
        }
        DataScripts.Run run = scripts.run("imagenet-robustness.sh", "downloads", "sets");
        assertEquals(1, run.code());
        for (String name : List.of("imagenet-a.tar", "imagenet-r.tar", "ImageNet-Sketch.zip", "objectnet-1.0")) {
            assertTrue(run.err().contains(name + " from "), run.err());
        }
        Files.writeString(scripts.downloads().resolve("imagenet-a.tar"), "not all of it");
        DataScripts.Run cut = scripts.run("imagenet-robustness.sh", "downloads", "sets", "imagenet-a");
        assertTrue(cut.err().contains("has 13 bytes, not 687552512"), cut.err());
    }

    @Test
    void aMemberOutsideOfTheFolderIsRefused() throws Exception {
        scripts.archive("imagenet-a.tar", pictures("imagenet-a/n01498041/a.jpg", "x/../b.jpg"));
        scripts.publish("imagenet-a.tar", 2);
        DataScripts.Run run = scripts.run("imagenet-robustness.sh", "downloads", "sets", "imagenet-a");
        assertEquals(1, run.code());
        assertTrue(run.err().contains("would lie outside of the folder"), run.err());
        assertFalse(Files.exists(scripts.sets().resolve("imagenet-a/test")));
        DataScripts.Run unknown = scripts.run("imagenet-robustness.sh", "downloads", "sets", "imagenet-b");
        assertTrue(unknown.err().contains("there is no set imagenet-b; choose among"), unknown.err());
    }
}
