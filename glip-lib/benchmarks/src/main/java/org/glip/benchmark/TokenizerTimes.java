package org.glip.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.glip.text.ClipTokenizer;

/**
 * Times the tokenizer on one thread as {@code tokenizer_peer.py} times its peers; the argument is a file with a caption
 * a line.
 */
public final class TokenizerTimes {
    // The JVM compiles what runs often: a process that tokenizes a data set is past this within its first second.
    private static final int WARMUP = 20;
    private static final int ROUNDS = 5;

    private TokenizerTimes() {}

    /**
     * Prints a JSON object.
     *
     * @param args the file
     * @throws IOException if it cannot be read
     */
    public static void main(String... args) throws IOException {
        List<String> captions = Files.readAllLines(Path.of(args[0]));
        ClipTokenizer tokenizer = ClipTokenizer.load();
        int[][] ids = new int[captions.size()][];
        Stopwatch stopwatch = new Stopwatch();
        stopwatch.time("captions", WARMUP, ROUNDS, () -> {
            for (int i = 0; i < ids.length; i++) {
                ids[i] = tokenizer.encode(captions.get(i));
            }
        });
        stopwatch.result().addProperty("captions", captions.size());
        stopwatch.result().addProperty("ids_sha256", sha256(ids));
        System.out.println(stopwatch.result());
    }

    private static String sha256(int[][] ids) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        for (int[] caption : ids) {
            String line = Arrays.stream(caption).mapToObj(Integer::toString).collect(Collectors.joining(" ", "", "\n"));
            digest.update(line.getBytes(StandardCharsets.US_ASCII));
        }
        return Hex.encodeHexString(digest.digest());
    }
}
