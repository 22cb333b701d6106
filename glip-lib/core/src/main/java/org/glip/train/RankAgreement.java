package org.glip.train;

import ai.djl.ndarray.NDArray;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;
import org.glip.data.SkipCounts;
import org.glip.data.StreamPosition;
import org.glip.engine.HostCopy;
import org.glip.engine.ProcessGroup;
import org.glip.files.Json;
import org.glip.files.JsonFields;
import org.jspecify.annotations.Nullable;

/**
 * What the ranks of a stage agree on beside its steps: that they begin with the same, and that a state on disk is that
 * of all. In a process that trains alone, none of it does anything.
 */
public final class RankAgreement {
    private final ProcessGroup ranks;

    /** The step after which the place tells of all ranks already. */
    private long addedUp;

    /**
     * What these processes agree on.
     *
     * @param ranks the processes
     */
    public RankAgreement(ProcessGroup ranks) {
        this.ranks = ranks;
    }

    /**
     * Something that may fail on one rank alone.
     *
     * @param <T> what comes of it
     */
    @FunctionalInterface
    public interface Attempt<T extends @Nullable Object> {
        /**
         * Tries it.
         *
         * @return what came of it
         * @throws IOException if it failed
         */
        T get() throws IOException;
    }

    /**
     * Lets each rank try something.
     *
     * @param <T> what comes of it
     * @param attempt the same on each rank
     * @return what came of it here
     * @throws IOException where it failed here, or else on another rank; the message is that rank's
     */
    public <T extends @Nullable Object> T each(Attempt<T> attempt) throws IOException {
        if (ranks.isAlone()) {
            return attempt.get();
        }
        T result;
        try {
            result = attempt.get();
        } catch (IOException | RuntimeException e) {
            ranks.tell(String.valueOf(e.getMessage() == null ? e : e.getMessage()));
            throw e;
        }
        List<String> failures = ranks.tell("");
        for (int rank = 0; rank < failures.size(); rank++) {
            if (!failures.get(rank).isEmpty()) {
                throw new IOException("rank " + rank + " cannot begin: " + failures.get(rank));
            }
        }
        return result;
    }

    /**
     * Requires that all ranks were started with the same.
     *
     * @param settings name to value; all of them may differ that need not be alike
     * @throws IllegalArgumentException where they were not; the message names what differs, and the ranks
     */
    public void requireSame(Map<String, String> settings) {
        if (ranks.isAlone()) {
            return;
        }
        List<String> told = ranks.tell(new Gson().toJson(settings));
        JsonObject first = parse(told.get(0));
        for (int rank = 1; rank < told.size(); rank++) {
            List<String> differences = differences(first, parse(told.get(rank)), rank);
            if (!differences.isEmpty()) {
                throw new IllegalArgumentException(
                        "the ranks must be started alike: " + String.join("; ", differences));
            }
        }
    }

    private static JsonObject parse(String told) {
        return new Gson().fromJson(told, JsonObject.class);
    }

    private static List<String> differences(JsonObject first, JsonObject other, int rank) {
        List<String> found = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>(first.keySet());
        names.addAll(other.keySet());
        for (String name : names) {
            if (!Objects.equals(first.get(name), other.get(name))) {
                found.add(name + " is " + value(first, name) + " on rank 0 and " + value(other, name) + " on rank "
                        + rank);
            }
        }
        return found;
    }

    private static String value(JsonObject settings, String name) {
        return settings.has(name) ? settings.get(name).getAsString() : "not set";
    }

    /**
     * Lets all ranks begin where the first one does: after a checkpoint that it alone has read.
     *
     * @param loop of which the first rank's may have gone on
     * @throws IOException where what the first rank tells is damaged
     * @throws IllegalArgumentException where weights or optimiser's state differ nevertheless
     */
    void beginTogether(TrainingLoop loop) throws IOException {
        if (ranks.isAlone()) {
            return;
        }
        JsonObject place = new JsonObject();
        place.addProperty("step", loop.step());
        place.addProperty("samples", loop.samples());
        place.add("position", loop.position().toJson());
        JsonFields first = Json.parse(ranks.tell(place.toString()).get(0), "what rank 0 tells");
        if (first.whole("step") > 0) {
            loop.model().tensors().values().forEach(ranks::copyFirst);
            loop.optimizerState().values().forEach(ranks::copyFirst);
            if (!ranks.isFirst()) {
                loop.goOnFrom(
                        first.whole("step"), first.whole("samples"), StreamPosition.read(first.object("position")));
            }
        }
        addedUp = loop.step();
        requireSame(Map.of("weights (SHA-256)", digest(loop)));
    }

    /** Of weights and optimiser's state. */
    private static String digest(TrainingLoop loop) {
        MessageDigest sum = DigestUtils.getDigest(MessageDigestAlgorithms.SHA_256);
        List<NDArray> all = new ArrayList<>(loop.model().tensors().values());
        all.addAll(loop.optimizerState().values());
        for (NDArray tensor : all) {
            HostCopy.memory(tensor, sum::update);
        }
        return Hex.encodeHexString(sum.digest());
    }

    /**
     * Adds up what the ranks have left out, each of which counts its own rows: so that a checkpoint tells of all.
     *
     * @throws IOException where what a rank tells is damaged
     */
    void addUpSkipped(TrainingLoop loop) throws IOException {
        if (ranks.isAlone() || addedUp == loop.step()) {
            return;
        }
        addedUp = loop.step();
        SkipCounts all = SkipCounts.NONE;
        for (String told : ranks.tell(loop.position().toJson().toString())) {
            all = all.plus(
                    StreamPosition.read(Json.parse(told, "what a rank tells")).skipped());
        }
        loop.tellSkipped(all);
    }

    /** Waits for the others: after it, what the first rank has written is there. */
    void end() {
        if (!ranks.isAlone()) {
            ranks.tell("");
        }
    }
}
