package org.glip.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Map;
import org.glip.mask.Mask;
import org.glip.results.ResultFile;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;
import org.glip.stats.Hits;
import org.glip.train.Provenance;

/** Result files of a sigma sweep, for tests: 1,000 test pictures, of which the first are right. */
final class SweepFiles {
    static final int IMAGES = 1000;

    private SweepFiles() {}

    /** Writes a run whose tuned top-1 is {@code right} of 1,000; infinite sigma is random masking. */
    static Path write(Path folder, String preset, double ratio, double sigma, long seed, int right) throws IOException {
        Path file = folder.resolve(preset + "-" + ratio + "-" + sigma + "-" + seed + ".json");
        ResultFile.write(file, result(preset, ratio, sigma, seed, right, "60000"));
        return file;
    }

    static RunResult result(String preset, double ratio, double sigma, long seed, int right, String samples) {
        boolean random = Double.isInfinite(sigma);
        Mask mask = random ? Mask.random(ratio) : Mask.gaussian(ratio, sigma);
        return new RunResult(
                new RunSettings(random ? "FLIP" : "GLIP", mask, seed, Map.of("preset", preset)),
                Map.of("tuned top-1", right / (double) IMAGES, "masked top-1", right / (2.0 * IMAGES)),
                Map.of("tuned", firstRight(right)),
                new Provenance(
                        "a test",
                        "scenes " + preset,
                        Map.of("samples", samples, "mask", mask.toString(), "seed", Long.toString(seed)),
                        Map.of(),
                        "2026-01-02T03:04:05Z"));
    }

    private static Hits firstRight(int right) {
        BitSet bits = new BitSet();
        bits.set(0, right);
        byte[] bytes = Arrays.copyOf(bits.toByteArray(), IMAGES / Byte.SIZE);
        return Hits.parse(IMAGES, Base64.getEncoder().encodeToString(bytes));
    }
}
