package org.glip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteCalibrationTest {
    private static final Processor PROCESSOR = new Processor("test: a processor = 1", false);
    private static final DoubleSupplier NOT_ASKED = () -> fail("measured again");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("cache/glip/routes.properties");
    }

    private RouteCalibration calibration() {
        return new RouteCalibration(new RouteCache(file));
    }

    @ParameterizedTest
    @CsvSource({"0.7, LINEAR", "1.0, LINEAR", "1.029, LINEAR", "1.04, CONVOLUTION", "1.5, CONVOLUTION"})
    void takesTheConvolutionOnlyIfItIsClearlyFaster(double speedUp, MatrixRoute expected) {
        assertEquals(expected, calibration().choose(PROCESSOR, 2, 768, () -> speedUp));
        assertEquals(expected, calibration().choose(PROCESSOR, 2, 768, NOT_ASKED), "from the cache");
    }

    @Test
    void measuresEachProcessorThreadNumberAndWidthOnItsOwn() {
        calibration().choose(PROCESSOR, 2, 768, () -> 1.5);
        assertEquals(MatrixRoute.LINEAR, calibration().choose(PROCESSOR, 1, 768, () -> 0.8));
        assertEquals(MatrixRoute.LINEAR, calibration().choose(PROCESSOR, 2, 192, () -> 0.9));
        assertEquals(MatrixRoute.LINEAR, calibration().choose(new Processor("other", true), 2, 768, () -> 1));
        assertEquals(MatrixRoute.CONVOLUTION, calibration().choose(PROCESSOR, 2, 768, NOT_ASKED));
        assertEquals(MatrixRoute.LINEAR, calibration().choose(PROCESSOR, 1, 768, NOT_ASKED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"KEY=fast", "KEY=NaN", "KEY=-1", "KEY=Infinity", "\\u00zz", "KEY="})
    void aDamagedCacheIsMeasuredAnewAndReplaced(String text) throws IOException {
        String key = "test\\:\\ a\\ processor\\ \\=\\ 1,\\ PyTorch\\ 2.7.1,\\ 2\\ threads,\\ width\\ 768";
        Files.createDirectories(file.getParent());
        Files.writeString(file, text.replace("KEY", key));
        assertEquals(MatrixRoute.CONVOLUTION, calibration().choose(PROCESSOR, 2, 768, () -> 2));
        assertEquals(MatrixRoute.CONVOLUTION, calibration().choose(PROCESSOR, 2, 768, NOT_ASKED));
    }

    @Test
    void aCacheThatIsNoTextIsMeasuredAnew() throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertEquals(MatrixRoute.CONVOLUTION, calibration().choose(PROCESSOR, 2, 768, () -> 2));
        assertTrue(Files.readString(file).contains("2.0"));
    }

    @Test
    void aFolderThatCannotBeMadeIsNoError() throws IOException {
        Files.writeString(folder.resolve("cache"), "a file where a folder should be");
        assertEquals(MatrixRoute.CONVOLUTION, calibration().choose(PROCESSOR, 2, 768, () -> 2));
        assertFalse(Files.exists(file));
    }

    @Test
    void theTrialOfBothRoutesGivesARatio() {
        try (NDManager manager = Torch.newManager()) {
            double speedUp = RouteTrial.convolutionSpeedUp(manager, 32);
            assertTrue(speedUp > 0 && Double.isFinite(speedUp), "speed-up " + speedUp);
            RouteCache cache = new RouteCache(file);
            cache.keep("this machine", speedUp);
            assertEquals(OptionalDouble.of(speedUp), cache.find("this machine"));
        }
    }

    @Test
    void bfloat16IsTakenWhereTheDeviceHasIt() {
        try (NDManager manager = Torch.newManager()) {
            Precision expected = Torch.hasBfloat16(manager.getDevice()) ? Precision.BF16 : Precision.FP32;
            assertEquals(expected, Torch.supported(Precision.BF16));
            assertEquals(expected, Torch.supported(Precision.BF16, manager.getDevice()));
            assertEquals(Precision.FP32, Torch.supported(Precision.FP32));
        }
    }
}
