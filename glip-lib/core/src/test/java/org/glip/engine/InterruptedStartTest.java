package org.glip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told to stop while the engine starts or the machine is measured: it stops, and the engine is whole. */
class InterruptedStartTest {
    @TempDir
    Path folder;

    @AfterEach
    void clearFlag() {
        Thread.interrupted();
    }

    /** A program of its own, since the engine is loaded once. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            Thread.currentThread().interrupt();
            try (NDManager manager = Torch.newManager()) {
                System.out.println("interrupted " + Thread.interrupted() + ", "
                        + manager.create(new float[] {1, 2}).sum().getFloat());
            }
        }
    }

    @Test
    void theEngineLoadsUnderAnInterruptWhichIsKept() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        assertEquals("interrupted true, 3.0", said.strip());
    }

    @Test
    void theProcessorIsTheSameUnderAnInterrupt() {
        Processor calm = Processor.ofThisMachine();
        Thread.currentThread().interrupt();
        assertEquals(calm, Processor.ofThisMachine());
    }

    @Test
    void measuringEndsAtAnInterrupt() {
        try (NDManager manager = Torch.newManager()) {
            Thread.currentThread().interrupt();
            assertThrows(
                    CancellationException.class,
                    () -> MatrixRate.gflops(manager, Precision.FP32, MatrixRoute.LINEAR, 8));
            assertTrue(Thread.currentThread().isInterrupted());
            assertThrows(CancellationException.class, () -> RouteTrial.convolutionSpeedUp(manager, 8));
            assertTrue(Thread.interrupted());
            assertTrue(manager.getManagedArrays().isEmpty());
        }
    }

    @Test
    void whatWasMeasuredIsReadAndKeptUnderAnInterrupt() {
        RouteCache cache = new RouteCache(folder.resolve("glip/routes.properties"));
        Thread.currentThread().interrupt();
        cache.keep("a", 1.5);
        assertEquals(1.5, cache.find("a").orElseThrow());
        assertTrue(Thread.currentThread().isInterrupted());
    }
}
