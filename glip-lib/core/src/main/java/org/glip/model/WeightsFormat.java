package org.glip.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.glip.model.pickle.TorchFile;
import org.glip.model.weights.SafetensorsFile;
import org.glip.model.weights.StoredWeights;

/** Tells formats of weights apart by a file's first bytes; names and endings do not count. */
final class WeightsFormat {
    private static final int LENGTH_BYTES = 8;
    private static final int TAR_MARK = 257; // where a tar archive says "ustar"

    private WeightsFormat() {}

    /**
     * Opens weights under open_clip's names.
     *
     * @throws IOException where the file is damaged or of a form that is not read; it is named
     */
    static StoredWeights open(Path file) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(TAR_MARK + 5);
        }
        if (startsWith(start, 'P', 'K', 3, 4)) {
            return new CheckpointNames(TorchFile.open(file));
        }
        // The magic number that starts torch.save's old form is a pickled integer: protocol 2, ten bytes long.
        if (startsWith(start, 0x80, 0x02, 0x8A, 0x0A)) {
            throw old(file, "the form from before PyTorch 1.6");
        }
        // Safetensors begin with a length, which may look like a pickle's start, and then always a brace.
        if (startsWith(start, 0x80) && start.length > LENGTH_BYTES && start[LENGTH_BYTES] != '{') {
            throw new IOException(file + " is a bare pickle, not weights of PyTorch; it is not loaded");
        }
        if (start.length > TAR_MARK
                && new String(start, TAR_MARK, start.length - TAR_MARK, StandardCharsets.US_ASCII).equals("ustar")) {
            throw old(file, "the tar form of the first versions of PyTorch");
        }
        return new CheckpointNames(SafetensorsFile.open(file));
    }

    private static IOException old(Path file, String form) {
        return new IOException(file + " is a PyTorch file in " + form
                + ", which is not read: load it there and save it again, with" + " torch.save or as safetensors");
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        return bytes.length >= start.length
                && Arrays.equals(
                        Arrays.stream(start).map(b -> (byte) b).toArray(),
                        java.util.stream.IntStream.range(0, start.length)
                                .map(i -> bytes[i])
                                .toArray());
    }
}
