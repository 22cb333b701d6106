package org.glip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of machines that are not at hand is given to the class. */
class DevicesTest {
    private static final Devices.Found TWO = new Devices.Found(true, 2);

    @Test
    void namesAreThoseOfPyTorch() {
        assertEquals(Device.cpu(), Devices.of("cpu", TWO));
        assertEquals(Device.gpu(0), Devices.of("cuda", TWO));
        assertEquals(Device.gpu(1), Devices.of("cuda:1", TWO));
        for (String name : new String[] {"cpu", "cuda:0", "cuda:1"}) {
            assertEquals(name, Devices.label(Devices.of(name, TWO)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "CUDA", "cuda:", "cuda:-1", "cuda:x", "cuda0", "cuda:99999"})
    void anotherNameIsRefused(String name) {
        String told = assertThrows(IllegalArgumentException.class, () -> Devices.of(name, TWO))
                .getMessage();
        assertTrue(told.contains("'" + name + "'") && told.contains("use cpu, cuda or cuda:1"), told);
    }

    /** Never is another device taken in its place. */
    @ParameterizedTest
    @CsvSource({
        "cuda, false, 0, natives are built for the CPU",
        "cuda:1, false, 0, natives are built for the CPU",
        "cuda, true, 0, -Djna.library.path",
        "cuda:2, true, 2, of GPUs there are 2"
    })
    void aDeviceThatIsNotThereIsRefusedByName(String name, boolean drives, int gpus, String told) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> Devices.of(name, new Devices.Found(drives, gpus)))
                .getMessage();
        assertTrue(message.contains("device " + name) && message.contains(told), message);
    }

    @Test
    void theCpuIsThereWithoutTheEngine() {
        assertEquals(Device.cpu(), Devices.of("cpu"));
        assertEquals("cpu", Devices.describe(Device.cpu()));
        assertTrue(Devices.memoryInUse(Device.cpu()).isEmpty());
        assertFalse(Devices.hasTf32(Device.cpu()));
    }

    @Test
    void cardsAreNamedByTheDriver(@TempDir Path driver) throws IOException {
        assertEquals(Optional.empty(), Devices.models(driver.resolve("none")));
        assertEquals(Optional.empty(), Devices.models(driver));
        card(driver, "0000:19:00.0", "NVIDIA H200");
        card(driver, "0000:3b:00.0", "NVIDIA H200");
        assertEquals(Optional.of("NVIDIA H200"), Devices.models(driver));
        card(driver, "0000:4c:00.0", "NVIDIA L40S");
        assertEquals(Optional.of("NVIDIA H200 or NVIDIA L40S"), Devices.models(driver));
    }

    private static void card(Path driver, String bus, String model) throws IOException {
        Path folder = Files.createDirectory(driver.resolve(bus));
        Files.writeString(
                folder.resolve("information"),
                "Model: \t\t " + model + "\nIRQ:   \t\t 186\nVideo BIOS: \t ??.??.??.??.??\n");
    }

    @ParameterizedTest
    @CsvSource({"75, false", "80, true", "90, true", "120, true"})
    void aGpuMultipliesBfloat16ByItsKind(String capability, boolean has) {
        assertEquals(has, Devices.hasBfloat16(capability));
    }
}
