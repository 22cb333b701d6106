package org.glip.ranks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchTest {
    private static final Map<String, String> TORCHRUN = Map.of(
            "RANK", "3",
            "WORLD_SIZE", "8",
            "LOCAL_RANK", "1",
            "LOCAL_WORLD_SIZE", "2",
            "MASTER_ADDR", "node0",
            "MASTER_PORT", "41234",
            "TORCHELASTIC_USE_AGENT_STORE", "True",
            "TORCHELASTIC_RESTART_COUNT", "2",
            "OMP_NUM_THREADS", "1");

    private static Map<String, String> torchrun(String name, String value) {
        Map<String, String> changed = new HashMap<>(TORCHRUN);
        changed.put(name, value);
        return changed;
    }

    @Test
    void readsTorchrunsVariables() {
        Launch launch = Launch.of(TORCHRUN).orElseThrow();

        assertEquals(new Launch(3, 8, 1, 2, "node0", 41234, true, 2, 0), launch);
        assertEquals(8, launch.threads(16));
        assertEquals(1, launch.threads(1));
    }

    @Test
    void readsSlurmsVariablesWhereAPlaceToMeetIsNamed() {
        Map<String, String> slurm =
                new HashMap<>(Map.of("SLURM_PROCID", "1", "SLURM_NTASKS", "2", "SLURM_NTASKS_PER_NODE", "1"));
        assertTrue(Launch.of(slurm).isEmpty());
        slurm.put("MASTER_ADDR", "node0");
        slurm.put("SLURM_CPUS_PER_TASK", "12");

        Launch launch = Launch.of(slurm).orElseThrow();

        assertEquals(new Launch(1, 2, 0, 1, "node0", 29500, false, 0, 12), launch);
        assertEquals(12, launch.threads(96));
    }

    @Test
    void aRanksNumberOnItsMachineIsTold() {
        assertEquals(0, Launch.of(torchrun("LOCAL_RANK", "0")).orElseThrow().localRank());
        assertEquals(
                3,
                Launch.of(Map.of(
                                "SLURM_PROCID", "7",
                                "SLURM_NTASKS", "8",
                                "SLURM_LOCALID", "3",
                                "SLURM_NTASKS_PER_NODE", "4",
                                "MASTER_ADDR", "node0"))
                        .orElseThrow()
                        .localRank());
    }

    /** A launcher that shows each process one GPU makes it the first for each. */
    @Test
    void eachRankTakesTheGpuOfItsNumber() {
        assertEquals("cuda:3", Ranks.gpu(3, 8));
        assertEquals("cuda:0", Ranks.gpu(3, 1));
    }

    @Test
    void aProcessAloneIsNoRank() {
        assertEquals(Optional.empty(), Launch.of(Map.of("MASTER_ADDR", "node0")));
        assertEquals(Optional.empty(), Launch.of(Map.of("RANK", "0", "WORLD_SIZE", "1")));
    }

    @ParameterizedTest
    @CsvSource({
        "RANK, 8, RANK must be a whole number from 0 to 7",
        "RANK, one, 'not ''one'''",
        "RANK, '', RANK is not set",
        "WORLD_SIZE, 0, WORLD_SIZE must be a whole number from 1",
        "WORLD_SIZE, 2.5, 'not ''2.5'''",
        "WORLD_SIZE, '', RANK is set and WORLD_SIZE is not",
        "MASTER_PORT, 70000, MASTER_PORT must be a whole number from 1 to 65535",
        "MASTER_ADDR, ' ', MASTER_ADDR is not set",
        "LOCAL_WORLD_SIZE, 9, LOCAL_WORLD_SIZE must be a whole number from 1 to 8",
    })
    void namesTheVariableThatIsWrong(String name, String value, String told) {
        String message = assertThrows(IllegalArgumentException.class, () -> Launch.of(torchrun(name, value)))
                .getMessage();

        assertTrue(message.contains(told), message);
        assertFalse(message.contains("\n"), message);
    }
}
