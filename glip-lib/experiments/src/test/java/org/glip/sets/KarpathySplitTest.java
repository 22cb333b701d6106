package org.glip.sets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.glip.data.ImageTextSample;
import org.glip.data.SampleMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KarpathySplitTest {
    @TempDir
    Path folder;

    @Test
    void readsThePicturesOfASplitWithAllTheirCaptions() throws IOException {
        SetFixtures.flickr(folder);
        List<ImageTextSample> samples =
                SetFixtures.read(SetFolder.open("flickr30k", folder).source());
        assertEquals(
                List.of("10.jpg", "12.jpg"),
                samples.stream().map(ImageTextSample::key).toList());
        assertEquals(
                List.of("A dog.", "Two dogs run."),
                SampleMetadata.captions(samples.get(0).metadata()));
        assertEquals(3, SampleMetadata.captions(samples.get(1).metadata()).size());
        assertEquals("A boat.", samples.get(1).caption());
    }

    @Test
    void cocosPicturesLieInTheFolderThatTheFileNames() throws IOException {
        SetFixtures.picture(folder.resolve("val2014/COCO_val2014_000000391895.jpg"), 1);
        Files.writeString(folder.resolve("dataset_coco.json"), """
                {"images": [{"filepath": "val2014", "sentids": [770337], "filename": "COCO_val2014_000000391895.jpg",
                 "imgid": 0, "split": "test", "sentences": [{"raw": "A man."}], "cocoid": 391895}], "dataset": "coco"}
                """);
        assertEquals(1, SetFolder.open("mscoco_captions", folder).source().countSamples());
    }

    @Test
    void missingPicturesAreCountedAndTheFirstAreNamed() throws IOException {
        SetFixtures.flickr(folder);
        Files.delete(folder.resolve("flickr30k-images/12.jpg"));
        String message = assertThrows(IOException.class, () -> SetFolder.open("flickr30k", folder))
                .getMessage();
        assertTrue(message.startsWith("1 of 2 pictures of split 'test' are not in"), message);
        assertTrue(message.contains("dataset_flickr30k.json, images[2]: 12.jpg"), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"images\": [{\"split\": \"test\", \"filename\": \"10.jpg\"}]} | images[0] has no sentences",
                "{\"images\": [{\"split\": \"test\", \"filename\": \"10.jpg\", \"sentences\": []}]} | images[0] has no",
                "{\"images\": [{\"split\": \"test\", \"filename\": \"10.jpg\", \"sentences\": [{\"raw\": \" \"}]}]} | empty caption",
                "{\"images\": [{\"split\": \"test\", \"filename\": \"10.jpg\", \"sentences\": [\"A\"]}]} | \"raw\"",
                "{\"images\": [{\"split\": \"test\"}]} | images[0] should have a text \"filename\"",
                "{\"images\": [{\"filename\": \"10.jpg\"}]} | images[0] should have a text \"split\"",
                "{\"images\": [7]} | images[0] should be an object",
                "{\"images\": [{\"split\": \"train\", \"filename\": \"10.jpg\", \"sentences\": []}]} | no image of split 'test'",
                "{\"images\": []} | no image of split 'test'",
                "{\"pictures\": []} | has no field \"images\"",
                "[1] | not a caption file",
                "{\"images\": [{\"split\": \"te | not a caption file",
            })
    void otherFilesAreErrorsThatSayWhatIsWrong(String content, String part) throws IOException {
        Path file = Files.writeString(folder.resolve("captions.json"), content);
        String message = assertThrows(IOException.class, () -> KarpathySplit.read(file, folder, "test"))
                .getMessage();
        assertTrue(message.contains(part) && message.contains("captions.json"), message);
    }
}
