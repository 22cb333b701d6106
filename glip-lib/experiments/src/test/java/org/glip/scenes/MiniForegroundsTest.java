package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiniForegroundsTest {
    @TempDir
    Path folder;

    @Test
    void theCommittedShardsMatchTheirSums() throws IOException {
        JsonObject files = MiniForegrounds.recipe().getAsJsonObject("files");
        for (Map.Entry<String, JsonElement> file : files.entrySet()) {
            assertEquals(
                    file.getValue().getAsJsonObject().get("sha256").getAsString(),
                    DigestUtils.sha256Hex(ScenesResources.read("scenes-mini/" + file.getKey())));
        }
    }

    @Test
    void comesFromTheSamePackagesAsTheWholeLibrary() throws IOException {
        assertEquals(
                ForegroundPreparation.recipe(ScenesVersion.V1),
                MiniForegrounds.recipe().getAsJsonObject("recipe"));
    }

    @Test
    void isAForegroundLibrary() throws IOException {
        MiniForegrounds.unpack(folder.resolve("foregrounds"));
        ForegroundLibrary library = ForegroundLibrary.read(folder.resolve("foregrounds"));
        assertEquals(5 * 64, library.all().size());
        int seeThrough = 0;
        for (Foreground foreground : library.all()) {
            ArgbImage image = ArgbImage.decode(foreground.png(), foreground.origin());
            assertEquals(Drawing.FOREGROUND_SIDE, image.width());
            assertTrue(Arrays.stream(image.argb()).anyMatch(argb -> argb >>> 24 == 255), foreground.origin());
            seeThrough += Arrays.stream(image.argb()).anyMatch(argb -> argb >>> 24 == 0) ? 1 : 0;
        }
        assertTrue(seeThrough > 300, "few drawings are whole squares, but " + seeThrough + " are not");
    }

    @Test
    void noPictureIsInTwoFolds() throws IOException {
        MiniForegrounds.unpack(folder.resolve("foregrounds"));
        Map<String, Set<Integer>> folds = new HashMap<>();
        for (Foreground foreground :
                ForegroundLibrary.read(folder.resolve("foregrounds")).all()) {
            folds.computeIfAbsent(DigestUtils.sha256Hex(foreground.png()), picture -> new HashSet<>())
                    .add(foreground.concept().fold());
        }
        assertTrue(folds.values().stream().allMatch(set -> set.size() == 1));
    }
}
