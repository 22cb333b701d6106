package org.glip.ranks;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a launcher tells a process of its place among others, by variables of the environment: those of torchrun, which
 * Kubeflow sets too, or those of Slurm's srun with {@code MASTER_ADDR}.
 *
 * @param rank number of this process, from 0
 * @param size how many processes there are, at least 2
 * @param localRank number of this process among those on its machine, from 0
 * @param localSize how many of them are on this machine, at least 1
 * @param host where they meet: name or address of the machine of rank 0
 * @param port and the port there
 * @param launcherServes whether the launcher itself keeps the store that they meet at; else rank 0 does
 * @param attempt how often the launcher has started the processes anew before
 * @param cores processors that the launcher gives to this process alone, 0 where it does not tell
 */
public record Launch(
        int rank,
        int size,
        int localRank,
        int localSize,
        String host,
        int port,
        boolean launcherServes,
        int attempt,
        int cores) {
    /** Of PyTorch. */
    private static final int USUAL_PORT = 29500;

    private static final int MOST_RANKS = 1 << 20;

    /**
     * Reads the variables.
     *
     * @param environment as {@link System#getenv()} gives it
     * @return nothing where this process trains alone: without {@code WORLD_SIZE}, and without Slurm's variables beside
     *     {@code MASTER_ADDR}, and where the number of processes is 1
     * @throws IllegalArgumentException where variables contradict each other, one that is needed is missing, or one
     *     that should be a number is none; it is named
     */
    public static Optional<Launch> of(Map<String, String> environment) {
        Variables variables = new Variables(environment);
        if (variables.has("WORLD_SIZE")) {
            return launch(variables, "RANK", "WORLD_SIZE", "LOCAL_RANK", "LOCAL_WORLD_SIZE");
        }
        if (variables.has("RANK")) {
            throw new IllegalArgumentException(
                    "RANK is set and WORLD_SIZE is not: a launcher such as torchrun sets both, and without one neither"
                            + " should be set");
        }
        if (variables.has("SLURM_PROCID") && variables.has("SLURM_NTASKS") && variables.has("MASTER_ADDR")) {
            return launch(variables, "SLURM_PROCID", "SLURM_NTASKS", "SLURM_LOCALID", "SLURM_NTASKS_PER_NODE");
        }
        return Optional.empty();
    }

    private static Optional<Launch> launch(
            Variables variables, String rank, String size, String localRank, String localSize) {
        int processes = variables.number(size, 1, MOST_RANKS, null);
        int number = variables.number(rank, 0, processes - 1, null);
        if (processes == 1) {
            return Optional.empty();
        }
        int local = variables.number(localSize, 1, processes, 1);
        return Optional.of(new Launch(
                number,
                processes,
                variables.number(localRank, 0, processes - 1, number % local),
                local,
                variables.text("MASTER_ADDR"),
                variables.number("MASTER_PORT", 1, 65535, USUAL_PORT),
                variables.has("TORCHELASTIC_USE_AGENT_STORE")
                        && variables.text("TORCHELASTIC_USE_AGENT_STORE").equalsIgnoreCase("true"),
                variables.number("TORCHELASTIC_RESTART_COUNT", 0, Integer.MAX_VALUE, 0),
                rank.startsWith("SLURM") ? variables.number("SLURM_CPUS_PER_TASK", 1, Integer.MAX_VALUE, 0) : 0));
    }

    /**
     * {@return how many threads an operator may use, so that the processes on a machine share its processors}
     *
     * @param processors of the machine, as this process sees them
     */
    public int threads(int processors) {
        return cores > 0 ? cores : Math.max(1, processors / localSize);
    }

    /** The variables, with words for what is wrong with them. */
    private record Variables(Map<String, String> values) {
        boolean has(String name) {
            return !values.getOrDefault(name, "").isBlank();
        }

        String text(String name) {
            if (!has(name)) {
                throw new IllegalArgumentException(name + " is not set, by which " + "the processes find each other");
            }
            return values.get(name).strip();
        }

        int number(String name, int least, int most, @Nullable Integer unset) {
            if (!has(name)) {
                if (unset != null) {
                    return unset;
                }
                throw new IllegalArgumentException(name + " is not set, but others of the launcher's variables are");
            }
            try {
                int number = Integer.parseInt(text(name));
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // told below
            }
            throw new IllegalArgumentException(
                    name + " must be a whole number from " + least + " to " + most + ", not '" + text(name) + "'");
        }
    }
}
