package org.glip.sets;

import static org.glip.sets.SetFixtures.classes;
import static org.glip.sets.SetFixtures.picture;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetFolderTest {
    @TempDir
    Path folder;

    private void pictures(String... files) throws IOException {
        for (int i = 0; i < files.length; i++) {
            picture(folder.resolve(files[i]), i);
        }
    }

    private List<Integer> numbers(String set) throws IOException {
        return classes(SetFolder.open(set, folder));
    }

    private void assertFails(String set, String... parts) {
        String message = assertThrows(IOException.class, () -> SetFolder.open(set, folder))
                .getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void imageNetGoesByWordNetIds() throws IOException {
        pictures("val/n01443537/ILSVRC2012_val_00000236.JPEG", "val/n01440764/a.JPEG", "val/n15075141/b.JPEG");
        assertEquals(List.of(0, 1, 999), numbers("imagenet1k"));
        ClassificationSet set = (ClassificationSet) SetFolder.open("imagenet1k", folder);
        assertEquals(1000, set.classNames().size());
        assertEquals("goldfish", SetFixtures.read(set.source()).get(1).caption());
    }

    @Test
    void imageNetMayBeFlatWithAListOfClasses() throws IOException {
        pictures("val/ILSVRC2012_val_00000001.JPEG", "val/ILSVRC2012_val_00000002.JPEG");
        Files.writeString(
                folder.resolve("LOC_val_solution.csv"),
                "ImageId,PredictionString\nILSVRC2012_val_00000002,n01443537 1 2 3 4 \nILSVRC2012_val_00000001,n15075141 1 2 3 4\n");
        assertEquals(List.of(1, 999), numbers("imagenet1k"));
        Files.delete(folder.resolve("LOC_val_solution.csv"));
        Files.writeString(
                folder.resolve("val.txt"), "ILSVRC2012_val_00000001.JPEG 65\nILSVRC2012_val_00000002.JPEG 970\n");
        assertEquals(List.of(65, 970), numbers("imagenet1k"));
        Files.writeString(
                folder.resolve("val.txt"),
                "\uFEFFILSVRC2012_val_00000001.JPEG 65\r\nILSVRC2012_val_00000002.JPEG 970\r\n\r\n");
        assertEquals(List.of(65, 970), numbers("imagenet1k"));
    }

    @Test
    void aWrongListOfClassesIsAnErrorThatNamesTheLine() throws IOException {
        pictures("val/a.JPEG");
        Path list = folder.resolve("val.txt");
        Files.writeString(list, "a.JPEG 65\nb.JPEG 970\n");
        assertFails("imagenet1k", "val.txt, line 2", "no picture b.JPEG");
        Files.writeString(list, "a.JPEG 1000\n");
        assertFails("imagenet1k", "val.txt, line 1", "class 1000");
        Files.writeString(list, "a.JPEG\n");
        assertFails("imagenet1k", "val.txt, line 1", "should be");
        Files.writeString(list, "\n");
        assertFails("imagenet1k", "val.txt", "names no picture");
    }

    @Test
    void imageNetV2GoesByClassNumbers() throws IOException {
        String root = "imagenetv2-matched-frequency-format-val/";
        pictures(root + "0/a.jpeg", root + "10/a.jpeg", root + "999/a.jpeg", root + "2/a.jpeg");
        assertEquals(
                List.of(0, 2, 10, 999),
                classes(SetFolder.open("imagenetv2", folder)).stream().sorted().toList());
        pictures(root + "1000/a.jpeg");
        assertFails("imagenetv2", "1000 is none of the 1000 classes", "0 to 999");
    }

    @Test
    void partsOfImageNetNumberTheirOwnClasses() throws IOException {
        pictures("n01498041/a.jpg", "n01534433/a.jpg");
        assertEquals(List.of(0, 2), numbers("imagenet-a"));
        assertEquals(List.of(3, 7), numbers("imagenet-r"));
        assertEquals(List.of(6, 13), numbers("imagenet_sketch"));
        pictures("n01440764/a.jpg");
        assertFails("imagenet-a", "n01440764 is none of the 200 classes of imagenet-a");
    }

    private void objectNet(String root) throws IOException {
        pictures(root + "images/air_freshener/a.png", root + "images/band_aid/b.png", root + "images/t_shirt/c.png");
        Files.createDirectories(folder.resolve(root + "mappings"));
        Files.writeString(
                folder.resolve(root + "mappings/folder_to_objectnet_label.json"),
                "{\"air_freshener\": \"Air freshener\", \"band_aid\": \"Band Aid\", \"t_shirt\": \"T-shirt\"}");
        Files.writeString(
                folder.resolve(root + "mappings/objectnet_to_imagenet_1k.json"),
                "{\"T-shirt\": \"jersey, T-shirt, tee shirt\", \"Band Aid\": \"Band Aid\"}");
    }

    @Test
    void objectNetCountsOnlyWhatImageNetHasToo() throws IOException {
        objectNet("objectnet-1.0/");
        ClassificationSet set = (ClassificationSet) SetFolder.open("objectnet", folder);
        assertEquals(List.of("band aid", "t-shirt"), set.classNames());
        assertEquals(List.of(0, 1), classes(set));
        assertEquals(80, set.templates().templates().size());
    }

    @Test
    void damagedMappingsOfObjectNetAreErrorsThatNameTheFile() throws IOException {
        objectNet("");
        Path common = folder.resolve("mappings/objectnet_to_imagenet_1k.json");
        Files.writeString(common, "{\"Shoe\": \"shoe\"}");
        assertFails("objectnet", "objectnet_to_imagenet_1k.json", "\"Shoe\" has no folder");
        Files.writeString(common, "{\"T-shirt\": \"x\"}");
        assertFails("objectnet", "objectnet_to_imagenet_1k.json", "two classes");
        Files.writeString(common, "[1, 2");
        assertFails("objectnet", "objectnet_to_imagenet_1k.json", "JSON object");
        Files.delete(common);
        assertFails("objectnet", "objectnet_to_imagenet_1k.json");
    }

    @Test
    void otherFoldersGoByClassName() throws IOException {
        pictures("test/aquarium_fish/a.png", "test/Worm/a.png", "test/lawn-mower/a.png");
        assertEquals(List.of(99, 1, 41), numbers("cifar100"));
    }

    @Test
    void foldersOfOtherNamesGoBySortedOrder() throws IOException {
        pictures("test/angry/a.png", "test/disgust/a.png", "test/fear/a.png", "test/happy/a.png", "test/neutral/a.png");
        pictures("test/sad/a.png", "test/surprise/a.png");
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6), numbers("fer2013"));
        Files.move(folder.resolve("test/surprise"), folder.resolve("test/boredom"));
        assertFails("fer2013", "happy is number 4", "class 3 of fer2013");
        pictures("test/zeal/a.png");
        assertFails("fer2013", "8 class folders", "7 classes", "boredom");
    }

    @Test
    void emptyAndMissingFoldersAreErrors() throws IOException {
        assertFails("imagenet-a", "no class folders");
        pictures("n01498041/a.jpg");
        assertFails("imagenet-a", "only the class folder n01498041", "two classes");
        Files.createDirectory(folder.resolve("n01534433"));
        assertFails("imagenet-a", "n01534433", "no picture");
        assertFails("flickr30k", "dataset_flickr30k.json", "nshards.txt");
        assertThrows(IOException.class, () -> SetFolder.open("imagenet-a", folder.resolve("absent")));
        assertThrows(
                IOException.class,
                () -> SetFolder.open("imagenet-a", folder.resolve("n01498041").resolve("a.jpg")));
        assertThrows(IllegalArgumentException.class, () -> SetFolder.open("no-such-set", folder));
    }

    @Test
    void setsAreFoundUnderTheirNameOrTheirPublishedName() throws IOException {
        for (String name : List.of("imagenet-a", "wds_imagenetv2", "wds_vtab-pets", "wds_vtab-caltech101")) {
            Files.createDirectory(folder.resolve(name));
        }
        SetsFolder sets = new SetsFolder(folder);
        assertEquals(Optional.of(folder.resolve("imagenet-a")), sets.find("imagenet-a"));
        assertEquals(Optional.of(folder.resolve("wds_imagenetv2")), sets.find("imagenetv2"));
        assertEquals(Optional.of(folder.resolve("wds_vtab-pets")), sets.find("vtab/pets"));
        assertEquals(Optional.of(folder.resolve("wds_vtab-caltech101")), sets.find("vtab/caltech101"));
        assertEquals(Optional.empty(), sets.find("caltech101"), "whose classes have another order");
        assertEquals(Optional.empty(), sets.open("imagenet-r"));
    }
}
