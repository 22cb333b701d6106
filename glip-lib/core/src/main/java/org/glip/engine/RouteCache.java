package org.glip.engine;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.Properties;
import org.glip.files.AtomicFile;
import org.glip.files.Uninterrupted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what {@link RouteTrial} measured, so that a machine is measured once and computes the same way ever after.
 * A properties file: from what was measured, to how many times as fast the convolution is. It saves a second or two, no
 * more: if it cannot be used, that is logged and the machine is measured anew.
 */
final class RouteCache {
    private static final Logger LOGGER = LoggerFactory.getLogger(RouteCache.class);

    private final Path file;

    /** @param file where measurements are kept; it need not exist */
    RouteCache(Path file) {
        this.file = file;
    }

    /** The user's own cache, {@code glip/matrix-routes.properties} in the user's cache folder. */
    static RouteCache ofUser() {
        return new RouteCache(CacheFolders.ofUser().resolve("glip/matrix-routes.properties"));
    }

    Path file() {
        return file;
    }

    /** What was measured under this key, if it was. */
    OptionalDouble find(String key) {
        try {
            String number = read().getProperty(key);
            if (number == null) {
                return OptionalDouble.empty();
            }
            double speedUp = Double.parseDouble(number);
            if (!(speedUp > 0 && Double.isFinite(speedUp))) {
                throw new NumberFormatException(number + " is no speed-up");
            }
            return OptionalDouble.of(speedUp);
        } catch (IOException | IllegalArgumentException e) {
            LOGGER.warn("{} is not used, it is damaged or unreadable: {}", file, e.toString());
            return OptionalDouble.empty();
        }
    }

    /** Keeps a measurement beside those that are there; of two programs that do so at once, one may lose its own. */
    void keep(String key, double speedUp) {
        try {
            Properties all = readable();
            all.setProperty(key, Double.toString(speedUp));
            StringWriter text = new StringWriter();
            all.store(text, "How many times as fast fp32 matrix products are by convolution; delete to measure anew");
            Uninterrupted.run(() -> AtomicFile.writeText(file, text.toString()));
        } catch (IOException e) {
            LOGGER.warn("{} cannot be written, the next start measures again: {}", file, e.toString());
        }
    }

    private Properties read() throws IOException {
        Properties all = new Properties();
        if (Files.exists(file)) {
            // not by a channel, which closes where the thread is interrupted
            try (Reader text = new InputStreamReader(new FileInputStream(file.toFile()), StandardCharsets.UTF_8)) {
                all.load(text);
            }
        }
        return all;
    }

    /** What can be read; a damaged file, of which {@link #find} has told, is replaced. */
    private Properties readable() {
        try {
            return read();
        } catch (IOException | IllegalArgumentException e) {
            return new Properties();
        }
    }
}
