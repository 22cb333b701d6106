package org.glip.ranks;

import ai.djl.Device;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.glip.engine.Collectives;
import org.glip.engine.Devices;
import org.glip.engine.LostRankException;
import org.glip.engine.ProcessGroup;
import org.glip.engine.Rendezvous;

/**
 * Joins the processes that a launcher has started.
 *
 * <pre>{@code
 * try (ProcessGroup ranks = Ranks.join(System.getenv(), Duration.ofMinutes(5))) {
 *     LoaderConfig loading = ... .optShare(new BatchShare(ranks.rank(), ranks.size())).build();
 *     Pretraining.builder() ... .optRanks(ranks).build().run(...);
 * }
 * }</pre>
 */
public final class Ranks {
    /** Which of the machine's networks Gloo talks by, if the user says so. */
    private static final String INTERFACES = "GLOO_SOCKET_IFNAME";

    private Ranks() {}

    /**
     * Waits for the other processes and forms a group with them, to compute on {@link #device}.
     *
     * @param environment as {@link System#getenv()} gives it; see {@link Launch}
     * @param patience how long is waited for another process, now and at every step; longer than a checkpoint takes to
     *     be written
     * @return the group, to be closed; where this process is alone, nothing is loaded and {@link ProcessGroup#alone}
     *     returned
     * @throws IllegalArgumentException where the variables are wrong
     * @throws IOException where the group does not come about
     */
    public static ProcessGroup join(Map<String, String> environment, Duration patience) throws IOException {
        return Launch.of(environment).isEmpty()
                ? ProcessGroup.alone()
                : join(environment, patience, device(environment));
    }

    /**
     * Waits for the other processes and forms a group with them.
     *
     * @param environment as {@link System#getenv()} gives it; see {@link Launch}
     * @param patience how long is waited for another process
     * @param device where this process computes; Gloo brings together CPUs, NCCL GPUs
     * @return the group, to be closed
     * @throws IllegalArgumentException where the variables are wrong
     * @throws IOException where the group does not come about
     */
    public static ProcessGroup join(Map<String, String> environment, Duration patience, Device device)
            throws IOException {
        Optional<Launch> launch = Launch.of(environment);
        return launch.isEmpty()
                ? ProcessGroup.alone()
                : join(launch.get(), environment.getOrDefault(INTERFACES, ""), patience, device);
    }

    /**
     * Returns where a process computes if nobody chooses: on the engine's preferred device; of several processes on a
     * machine with several GPUs, each on one of its own.
     *
     * @param environment as {@link System#getenv()} gives it; see {@link Launch}
     * @return the device
     * @throws IllegalArgumentException where the variables are wrong, or a machine has fewer GPUs than processes
     */
    public static Device device(Map<String, String> environment) {
        Device preferred = Devices.preferred();
        return Launch.of(environment).isPresent() && preferred.isGpu()
                ? Devices.of(gpu(Launch.of(environment).get().localRank(), Devices.gpus()))
                : preferred;
    }

    /** A launcher may show each process one GPU, which is the first for each. */
    static String gpu(int localRank, int gpus) {
        return "cuda:" + (gpus == 1 ? 0 : localRank);
    }

    private static ProcessGroup join(Launch launch, String interfaces, Duration patience, Device device)
            throws IOException {
        Opener.find(device.isGpu() ? "nccl" : "gloo").load();
        MeetingPlace place = new MeetingPlace(launch.host(), launch.port(), patience);
        InetAddress host = place.resolve();
        boolean serves = launch.rank() == 0 && !launch.launcherServes();
        if (!serves) {
            place.awaitStore(host, launch.rank());
        }
        try {
            return Collectives.join(
                    new Rendezvous(
                            host.getHostAddress(),
                            launch.port(),
                            launch.rank(),
                            launch.size(),
                            patience,
                            serves,
                            "glip/" + launch.attempt() + "/",
                            interfaces,
                            MeetingPlace.ownAddress(host)),
                    device);
        } catch (LostRankException e) {
            throw told(e, launch, patience);
        }
    }

    /** In words of what the user can do. */
    private static IOException told(LostRankException e, Launch launch, Duration patience) {
        String words = String.valueOf(e.getMessage());
        String place = launch.host() + ":" + launch.port();
        if (words.contains("EADDRINUSE") || words.contains("ddress already in use")) {
            return new IOException(
                    "the ranks cannot meet at " + place + ", the port is in use: set MASTER_PORT to a free one", e);
        }
        if (words.contains("imed out") || words.contains("imeout")) {
            return new IOException(
                    "rank " + launch.rank() + " waited " + patience.toSeconds() + " s at " + place + ", and not all "
                            + launch.size() + " ranks came (" + words + ")",
                    e);
        }
        return new IOException(
                "rank " + launch.rank() + " cannot join the others at " + place + " (" + words
                        + "); if the machines have several networks, set " + INTERFACES + " to the one they share",
                e);
    }
}
