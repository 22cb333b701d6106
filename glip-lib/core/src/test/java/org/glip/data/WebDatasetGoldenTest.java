package org.glip.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Shards written by Python, and what Python's webdataset reads from them (src/test/python/data/make_golden_shards.py).
 */
class WebDatasetGoldenTest {
    static Path resource(String name) throws URISyntaxException {
        URL url = Objects.requireNonNull(WebDatasetGoldenTest.class.getResource(name), name);
        return Path.of(url.toURI());
    }

    @ParameterizedTest
    @ValueSource(strings = {"golden-webdataset.tar", "golden-gnu.tar", "golden-pax.tar.gz"})
    void readsWhatPythonsWebdatasetReads(String name) throws IOException, URISyntaxException {
        JsonArray expected = JsonParser.parseString(Files.readString(resource("golden-shards.json")))
                .getAsJsonObject()
                .getAsJsonArray(name);

        JsonArray read = new JsonArray();
        for (ImageTextSample sample : SampleFixtures.readShard(resource(name), new SkipLog())) {
            read.add(describe(sample));
        }

        assertEquals(expected, read);
    }

    private static JsonElement describe(ImageTextSample sample) {
        JsonObject described = new JsonObject();
        described.addProperty("key", sample.key());
        described.addProperty("imageSha256", DigestUtils.sha256Hex(sample.image()));
        described.addProperty("caption", sample.caption());
        described.add("metadata", sample.metadata());
        return described;
    }
}
