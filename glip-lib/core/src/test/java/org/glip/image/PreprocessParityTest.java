package org.glip.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way of making a square against open_clip with torchvision and PIL: every pixel of every PNG, GIF and WebP. */
class PreprocessParityTest {
    private static final Normalization CLIP = Normalization.clip();

    /** An element of what make_preprocess_golden.py writes: checksums of pixels by the source's name. */
    private record Golden(Asked preprocess_cfg, int size, Map<String, Long> crc32) {
        EvaluationTransform transform() {
            PreprocessConfig config = new PreprocessConfig(
                    CLIP,
                    Interpolation.valueOf(preprocess_cfg.interpolation.toUpperCase(Locale.ROOT)),
                    ResizeMode.valueOf(preprocess_cfg.resize_mode.toUpperCase(Locale.ROOT)),
                    color(preprocess_cfg.fill_color));
            return new EvaluationTransform(size, config);
        }

        private static int color(JsonElement json) {
            return json instanceof JsonArray rgb
                    ? rgb.get(0).getAsInt() << 16
                            | rgb.get(1).getAsInt() << 8
                            | rgb.get(2).getAsInt()
                    : json.getAsInt() * 0x010101;
        }
    }

    private record Asked(String resize_mode, String interpolation, JsonElement fill_color) {}

    @Test
    void everyPixelIsOpenClips() throws IOException {
        List<Golden> goldens;
        try (Reader json = GoldenPictures.json("preprocess.json")) {
            goldens = List.of(new Gson().fromJson(json, Golden[].class));
        }
        Set<String> differing = new TreeSet<>();
        int compared = 0;
        for (String format : List.of("png-", "gif", "webp-")) {
            for (Path source : GoldenPictures.sources(format)) {
                RgbImage picture = ImageDecoder.decode(Files.readAllBytes(source), source.toString());
                for (Golden golden : goldens) {
                    Long expected = golden.crc32.get(source.getFileName().toString());
                    if (expected != null) {
                        compared++;
                        if (sum(golden.transform().resizeAndCrop(picture)) != expected) {
                            differing.add(source.getFileName() + " by " + golden.transform());
                        }
                    }
                }
            }
        }
        assertTrue(compared > 600, compared + " squares were compared");
        assertEquals(Set.of(), differing);
    }

    private static long sum(RgbImage picture) {
        CRC32 sum = new CRC32();
        sum.update(picture.rgb());
        return sum.getValue();
    }

    /** open_clip fails where a side would vanish; here a line of it is left. */
    @ParameterizedTest
    @CsvSource({"1,1", "1,5000", "5000,1", "2,999", "64,65"})
    void theLongestSideFitsWhateverTheRatio(int width, int height) {
        RgbImage picture = new RgbImage(width, height, new byte[3 * width * height]);
        PreprocessConfig config = new PreprocessConfig(CLIP, Interpolation.BICUBIC, ResizeMode.LONGEST, 0xFFFFFF);
        RgbImage square = new EvaluationTransform(32, config).resizeAndCrop(picture);
        int black = 0;
        for (byte value : square.rgb()) {
            black += value == 0 ? 1 : 0;
        }
        int shorter = Math.max(1, (int) Math.rint(32.0 * Math.min(width, height) / Math.max(width, height)));
        assertEquals(3 * 32 * shorter, black);
    }

    @Test
    void aTransformSaysWhatItDoes() {
        PreprocessConfig squash = new PreprocessConfig(CLIP, Interpolation.BILINEAR, ResizeMode.SQUASH, 0);
        assertTrue(squash.evaluation(32).describe().startsWith("both sides to 32 (bilinear, antialiased), "));
        PreprocessConfig longest = new PreprocessConfig(CLIP, Interpolation.BICUBIC, ResizeMode.LONGEST, 0x0A0B0C);
        assertTrue(longest.evaluation(32).describe().contains("bars of colour 0a0b0c"));
        assertTrue(longest.trainingCrop(32).describe().contains("bicubic"));
    }
}
