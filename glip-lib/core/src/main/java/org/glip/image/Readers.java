package org.glip.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** Image I/O's readers, picked by hand and used for one file. */
final class Readers {
    private Readers() {}

    /**
     * The JDK's own reader of a format. Whatever other plug-in the class path holds for it, with colour conversions of
     * its own, stays out of the way.
     */
    static ImageReaderSpi ofTheJdk(String format) {
        Iterator<ImageReaderSpi> found = IIORegistry.getDefaultInstance()
                .getServiceProviders(ImageReaderSpi.class, spi -> readsInTheJdk((ImageReaderSpi) spi, format), true);
        if (!found.hasNext()) {
            throw new IllegalStateException(
                    "this Java runtime has no " + format + " reader; a full JDK or JRE is needed");
        }
        return found.next();
    }

    private static boolean readsInTheJdk(ImageReaderSpi provider, String format) {
        return provider.getClass().getModule() == ImageIO.class.getModule()
                && Arrays.asList(provider.getFormatNames()).contains(format);
    }

    /** What a caller does with a reader that stands at the beginning of a file. */
    @FunctionalInterface
    interface Use<T> {
        T with(ImageReader reader) throws IOException;
    }

    /**
     * Opens a reader, without metadata, and disposes of it after use.
     *
     * @throws IOException whatever the reader throws, or, where that came after the file's end, that it is truncated
     */
    static <T> T read(ImageReaderSpi provider, ByteArrayImageStream stream, Use<T> use) throws IOException {
        ImageReader reader = provider.createReaderInstance();
        try {
            reader.setInput(stream, true, true);
            return use.with(reader);
        } catch (IOException | RuntimeException e) {
            if (stream.exhausted()) {
                IIOException truncated = new IIOException("the file is truncated: it ends before the picture does");
                truncated.addSuppressed(e);
                throw truncated;
            }
            throw e;
        } finally {
            reader.dispose();
        }
    }
}
