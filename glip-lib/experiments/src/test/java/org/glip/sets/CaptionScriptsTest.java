package org.glip.sets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.glip.data.ImageTextSample;
import org.glip.data.SampleMetadata;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** data-scripts/coco.sh, flickr30k.sh and caltech101.sh. */
class CaptionScriptsTest {
    /** The folders of Caltech-101, sorted as its archive's readers sort them. */
    private static final String CALTECH =
            "BACKGROUND_Google Faces Faces_easy Leopards Motorbikes accordion airplanes anchor ant"
                    + " barrel bass beaver binocular bonsai brain brontosaurus buddha butterfly camera cannon"
                    + " car_side ceiling_fan cellphone chair chandelier cougar_body cougar_face crab crayfish"
                    + " crocodile crocodile_head cup dalmatian dollar_bill dolphin dragonfly electric_guitar"
                    + " elephant emu euphonium ewer ferry flamingo flamingo_head garfield gerenuk gramophone"
                    + " grand_piano hawksbill headphone hedgehog helicopter ibis inline_skate joshua_tree kangaroo"
                    + " ketch lamp laptop llama lobster lotus mandolin mayfly menorah metronome minaret nautilus"
                    + " octopus okapi pagoda panda pigeon pizza platypus pyramid revolver rhino rooster saxophone"
                    + " schooner scissors scorpion sea_horse snoopy soccer_ball stapler starfish stegosaurus"
                    + " stop_sign strawberry sunflower tick trilobite umbrella watch water_lilly wheelchair"
                    + " wild_cat windsor_chair wrench yin_yang";

    @TempDir
    Path folder;

    private DataScripts scripts;

    @BeforeEach
    void install() throws IOException {
        scripts = new DataScripts(folder);
    }

    private static String image(String folder, String file, String split) {
        return "{\"filepath\": \"" + folder + "\", \"filename\": \"" + file + "\", \"split\": \"" + split
                + "\", \"sentences\": [{\"raw\": \"A café.\"}, {\"raw\": \"Two.\"}]}";
    }

    private static byte[] karpathy(String... images) {
        return DataScripts.text("{\"images\": [" + String.join(", ", images) + "], \"dataset\": \"any\"}");
    }

    private void pictures(String archive, String... names) throws IOException {
        Map<String, byte[]> members = new LinkedHashMap<>();
        for (String name : names) {
            members.put(name, scripts.picture(members.size()));
        }
        scripts.archive(archive, members);
        scripts.publish(archive, names.length);
    }

    private List<String> captions(String set, String name) throws IOException {
        List<ImageTextSample> samples = SetFixtures.read(
                SetFolder.open(name, scripts.sets().resolve(set)).source());
        return samples.stream()
                .map(sample -> sample.key() + " " + SampleMetadata.captions(sample.metadata()))
                .toList();
    }

    @Test
    void cocosKarpathySplitIsUnpacked() throws Exception {
        scripts.archive(
                "caption_datasets.zip",
                Map.of(
                        "dataset_coco.json",
                        karpathy(image("val2014", "b.jpg", "test"), image("train2014", "t.jpg", "train"))));
        scripts.publish("caption_datasets.zip", "-\t-\t0");
        pictures("val2014.zip", "val2014/a.jpg", "val2014/b.jpg");
        DataScripts.Run run = scripts.run("coco.sh", "downloads", "sets");
        assertEquals(0, run.code(), run.err());
        assertEquals(List.of("b.jpg [A café., Two.]"), captions("mscoco_captions", "mscoco_captions"));
        assertFalse(Files.exists(scripts.sets().resolve("mscoco_captions/val2014/a.jpg")), "nobody asks for it");
        assertEquals(0, scripts.run("coco.sh", "downloads", "sets").code(), "a second run");
    }

    @Test
    void cocosVal2017BecomesAFileOfKarpathysForm() throws Exception {
        scripts.archive(
                "annotations_trainval2017.zip",
                Map.of(
                        "annotations/captions_val2017.json",
                        DataScripts.text(
                                "{\"images\": [{\"id\": 7, \"file_name\": \"0007.jpg\"}], \"annotations\": ["
                                        + "{\"image_id\": 7, \"caption\": \"One. \"}, {\"image_id\": 7, \"caption\": \"Two.\"}]}")));
        scripts.publish("annotations_trainval2017.zip", 0);
        pictures("val2017.zip", "val2017/0007.jpg");
        DataScripts.Run run = scripts.run("coco.sh", "--split", "val2017", "downloads", "sets");
        assertEquals(0, run.code(), run.err());
        assertEquals(List.of("0007.jpg [One., Two.]"), captions("mscoco_captions_val2017", "mscoco_captions"));
    }

    @Test
    void flickr30kIsUnpacked() throws Exception {
        Files.write(
                scripts.downloads().resolve("dataset_flickr30k.json"),
                karpathy(image("", "1.jpg", "test"), image("", "2.jpg", "val")));
        pictures("flickr30k-images.tar.gz", "flickr30k-images/1.jpg", "flickr30k-images/2.jpg");
        DataScripts.Run run = scripts.run("flickr30k.sh", "downloads", "sets");
        assertEquals(0, run.code(), run.err());
        assertEquals(List.of("1.jpg [A café., Two.]"), captions("flickr30k", "flickr30k"));
    }

    @Test
    void whatIsMissingOrOfAnotherFormIsTold() throws Exception {
        scripts.publish("caption_datasets.zip", "-\t-\t0");
        pictures("flickr30k-images.tar.gz", "flickr30k-images/1.jpg");
        DataScripts.Run missing = scripts.run("flickr30k.sh", "downloads", "sets");
        assertEquals(1, missing.code());
        assertTrue(missing.err().contains("caption_datasets.zip from the page of"), missing.err());
        Path captions = scripts.downloads().resolve("dataset_flickr30k.json");
        Files.write(captions, karpathy(image("", "9.jpg", "test")));
        DataScripts.Run absent = scripts.run("flickr30k.sh", "downloads", "sets");
        assertTrue(absent.err().contains("lacks 1 of 1 pictures, such as 9.jpg"), absent.err());
        Files.writeString(captions, "{\"images\": [");
        assertTrue(scripts.run("flickr30k.sh", "downloads", "sets").err().contains("is no JSON"));
        Files.writeString(captions, "[]");
        assertTrue(scripts.run("flickr30k.sh", "downloads", "sets").err().contains("should hold images"));
        assertFalse(Files.exists(scripts.sets().resolve("flickr30k/dataset_flickr30k.json")));
    }

    @Test
    void caltechComesOutOfAnArchiveInTheArchive() throws Exception {
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        for (String name : CALTECH.split(" ")) {
            pictures.put("101_ObjectCategories/" + name + "/image_0001.jpg", scripts.picture(pictures.size()));
        }
        byte[] inner = DataScripts.tar(pictures, true);
        scripts.archive("caltech-101.zip", Map.of("caltech-101/101_ObjectCategories.tar.gz", inner));
        scripts.publish("caltech-101.zip", "-\t-\t-");
        DataScripts.Run run = scripts.run("caltech101.sh", "downloads", "sets");
        assertEquals(0, run.code(), run.err());
        EvaluationSet set = SetFolder.open("caltech101", scripts.sets().resolve("caltech101"));
        assertEquals(102, new TreeSet<>(SetFixtures.classes(set)).size());
        ImageTextSample last = SetFixtures.read(set.source()).get(101);
        assertEquals("yin and yang symbol", last.caption());
    }

    @Test
    void aCaltechOfOtherClassesIsTold() throws Exception {
        byte[] inner = DataScripts.tar(Map.of("101_ObjectCategories/ant/image_0001.jpg", scripts.picture(1)), true);
        scripts.archive("caltech-101.zip", Map.of("caltech-101/101_ObjectCategories.tar.gz", inner));
        scripts.publish("caltech-101.zip", "-\t-\t-");
        DataScripts.Run run = scripts.run("caltech101.sh", "downloads", "sets");
        assertEquals(1, run.code());
        assertTrue(run.err().contains("holds 1 classes, not 102"), run.err());
        assertFalse(Files.exists(scripts.sets().resolve("caltech101/test")));
    }
}
