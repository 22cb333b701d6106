package org.glip.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.glip.model.pickle.TorchFile;
import org.glip.model.weights.SafetensorsFile;

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
    static CheckpointNames open(Path file) throws IOException {
        byte[] start = ForeignFile.start(file);
        if (startsWith(start, 'P', 'K', 3, 4)) {
            return new CheckpointNames(TorchFile.open(file));
        }
        // Safetensors begin with a length, which may look like anything else's start, and then always a brace.
        if (isSafetensors(start)) {
            return new CheckpointNames(SafetensorsFile.open(file));
        }
        // The magic number that starts torch.save's old form is a pickled integer: protocol 2, ten bytes long.
        if (startsWith(start, 0x80, 0x02, 0x8A, 0x0A)) {
            throw old(file, "the form from before PyTorch 1.6");
        }
        if (startsWith(start, 0x80) && start.length > LENGTH_BYTES) {
            throw new IOException(file + " is a bare pickle, not weights of PyTorch; it is not loaded");
        }
        if (isTar(start)) {
            throw old(file, "the tar form of the first versions of PyTorch");
        }
        Optional<String> foreign = ForeignFile.recognise(start);
        if (foreign.isPresent()) {
            throw new IOException(file + " is not weights, but " + foreign.get());
        }
        return new CheckpointNames(SafetensorsFile.open(file));
    }

    private static boolean isSafetensors(byte[] start) {
        if (start.length <= LENGTH_BYTES || start[LENGTH_BYTES] != '{') {
            return false;
        }
        long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return length > 0 && length <= SafetensorsFile.MAX_HEADER_BYTES;
    }

    private static boolean isTar(byte[] start) {
        int end = TAR_MARK + 5;
        return start.length >= end && new String(start, TAR_MARK, 5, StandardCharsets.US_ASCII).equals("ustar");
    }

    private static IOException old(Path file, String form) {
        return new IOException(file + " is a PyTorch file in " + form
                + ", which is not read: load it there and save it again, with" + " torch.save or as safetensors");
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        return bytes.length >= start.length
                && IntStream.range(0, start.length).allMatch(i -> bytes[i] == (byte) start[i]);
    }
}
