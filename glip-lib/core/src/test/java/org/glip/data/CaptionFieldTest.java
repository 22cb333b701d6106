package org.glip.data;

import static org.glip.data.LoaderFixtures.CONTEXT;
import static org.glip.data.LoaderFixtures.TOKENIZER;
import static org.glip.data.LoaderFixtures.take;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.glip.data.LoaderFixtures.FingerprintTransform;
import org.glip.data.SkipLog.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Captions in a field of the metadata, one or several. */
@Timeout(60)
class CaptionFieldTest {
    @TempDir
    Path folder;

    private SampleSource shard(String field, String... json) throws IOException {
        RawTar tar = new RawTar();
        for (int i = 0; i < json.length; i++) {
            tar.add(i + ".png", SampleFixtures.picture(i, 8, "png"))
                    .add(i + ".txt", "txt " + i)
                    .add(i + ".json", json[i]);
        }
        Path shard = Files.write(folder.resolve("a.tar"), tar.finish());
        return SampleSource.captionedShards(field, shard.toString());
    }

    private static LoaderConfig config(boolean random, BatchShare share) {
        return LoaderConfig.builder()
                .setBatchSize(4)
                .setContextLength(CONTEXT)
                .setTransform(new FingerprintTransform())
                .optWorkers(2)
                .optSeed(3)
                .optRandomCaption(random)
                .optShare(share)
                .build();
    }

    @Test
    void theCaptionIsTheTextOfTheFieldOrTheFirstOfItsList() throws IOException {
        SampleSource source = shard(
                "words",
                "{\"words\": \" one \", \"caption\": \"other\"}",
                "{\"words\": [\" \", 7, \"two\", \"three\"]}",
                "{\"caption\": \"other\"}",
                "{\"words\": []}",
                "{\"words\": 5}",
                "no object");
        SkipLog skipped = new SkipLog();
        List<ImageTextSample> samples = SampleFixtures.list(source.open(skipped));
        assertEquals(
                List.of("one", "two"),
                samples.stream().map(ImageTextSample::caption).toList());
        assertEquals(
                List.of("two", "three"), SampleMetadata.captions(samples.get(1).metadata()));
        assertEquals(3, skipped.count(Reason.NO_CAPTION), skipped::summary);
        assertEquals(1, skipped.count(Reason.BAD_METADATA), skipped::summary);
        assertTrue(skipped.messages().toString().contains("\"words\" in .json"), skipped.messages()::toString);
    }

    @Test
    void aRandomCaptionIsAFunctionOfThePlaceInTheStream() throws IOException {
        String several = "{\"words\": [\"a\", \"b\", \"c\"]}";
        SampleSource source = shard("words", several, several, several, "{\"words\": \"only\"}");
        List<Batch> first;
        try (BatchLoader loader = LoaderFixtures.loader(source, config(false, BatchShare.whole()))) {
            first = take(loader, 1);
        }
        assertEquals(List.of("a", "a", "a", "only"), first.get(0).captions());
        List<Batch> drawn;
        try (BatchLoader loader = LoaderFixtures.loader(source, config(true, BatchShare.whole()))) {
            drawn = take(loader, 12);
        }
        Set<String> seen = new TreeSet<>();
        for (Batch batch : drawn) {
            seen.addAll(batch.captions().subList(0, 3));
            assertEquals("only", batch.captions().get(3));
            assertEquals(
                    TOKENIZER.tokenize(batch.captions().get(0), CONTEXT).length(),
                    batch.tokens().get(0).length());
        }
        assertEquals(Set.of("a", "b", "c"), seen);
        StreamPosition position = drawn.get(6).end();
        LoaderConfig half = config(true, new BatchShare(1, 2));
        try (BatchLoader loader = new BatchLoader(source, TOKENIZER, half, position)) {
            assertEquals(drawn.get(7).captions().subList(2, 4), loader.next().captions());
        }
    }
}
