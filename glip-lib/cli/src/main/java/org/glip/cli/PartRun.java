package org.glip.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;
import org.glip.data.SampleSource;
import org.glip.engine.Torch;
import org.glip.model.ClipConfig;
import org.glip.model.Execution;
import org.glip.model.ModelFolder;
import org.glip.parts.RunIdentity;
import org.glip.train.Provenance;

/** What tells a run from others whose parts may lie in the same folder. */
final class PartRun {
    private PartRun() {}

    /**
     * The identity of a run that looks at data by a model.
     *
     * @param model folder or weights
     * @param config the model's
     * @param execution how the engine computes; its threads are set already
     * @param work what is done, on what data
     */
    static RunIdentity of(Path model, ClipConfig config, Execution execution, Map<String, String> work)
            throws IOException {
        Map<String, String> settings = new LinkedHashMap<>(work);
        Path weights = ModelFolder.weights(model);
        settings.put("model (SHA-256)", new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(weights));
        settings.put("configuration (SHA-256)", DigestUtils.sha256Hex(config.toJson()));
        settings.put("--precision", execution.precision().label());
        settings.put("--route", execution.route().label());
        settings.put("--threads", Integer.toString(Torch.threads()));
        return of(settings);
    }

    /** The identity of a run that takes no model. */
    static RunIdentity of(Map<String, String> work) {
        Map<String, String> settings = new LinkedHashMap<>(work);
        Map<String, String> versions = Provenance.here("", "", Map.of()).versions();
        for (String name : new String[] {"glip", "commit", "engine"}) {
            settings.put(name, versions.get(name));
        }
        return new RunIdentity(settings);
    }

    /** What identifies sets of pictures. */
    static Map<String, String> data(Map<String, SampleSource> sets) throws IOException {
        Map<String, String> digests = new LinkedHashMap<>();
        for (Map.Entry<String, SampleSource> set : sets.entrySet()) {
            SampleSource source = set.getValue();
            digests.put(set.getKey() + " data (SHA-256)", source.fingerprint().orElse(source.describe()));
            digests.put(set.getKey() + " samples", Long.toString(source.countSamples()));
        }
        return digests;
    }
}
