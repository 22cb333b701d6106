package org.glip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessorTest {
    private static String cpuInfo(int model, String flags) {
        return """
                processor\t: 0
                vendor_id\t: AuthenticAMD
                cpu family\t: 25
                model\t\t: %d
                model name\t: AMD EPYC
                flags\t\t: %s

                processor\t: 1
                model name\t: AMD EPYC
                flags\t\t: %s
                """.formatted(model, flags, flags);
    }

    @Test
    void tellsGenerationsOfOneModelNameApart() {
        Processor one = Processor.parse(cpuInfo(17, "fpu avx512_bf16"));
        Processor other = Processor.parse(cpuInfo(1, "fpu avx512_bf16"));
        assertEquals("AMD EPYC, cpu family 25, model 17", one.name());
        assertNotEquals(one.name(), other.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fpu avx512_bf16 clzero", "amx_bf16", "fpu bf16"})
    void findsBfloat16AmongTheFlags(String flags) {
        assertTrue(Processor.parse(cpuInfo(17, flags)).bfloat16());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fpu avx512f clzero", "", "notbf16"})
    void claimsNoBfloat16Otherwise(String flags) {
        assertFalse(Processor.parse(cpuInfo(17, flags)).bfloat16());
    }

    @Test
    void readsArmProcessorsWhichHaveNoModelName() {
        Processor arm = Processor.parse("Features\t: fp asimd bf16 i8mm\nCPU implementer\t: 0x41\nCPU part\t: 0xd4f\n");
        assertEquals("cpu implementer 0x41, cpu part 0xd4f", arm.name());
        assertTrue(arm.bfloat16());
    }

    @Test
    void anUnknownFormStillHasAName() {
        Processor unknown = Processor.parse("no colon here\n");
        assertFalse(unknown.name().isBlank());
        assertFalse(unknown.bfloat16());
    }
}
