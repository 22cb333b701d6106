package org.glip.engine;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Compiles TorchScript source text in memory, with neither Python nor a file.
 *
 * <p>The engine loads modules from an uncompressed zip archive that holds the source beside a pickled module object.
 * The object here has one attribute, {@code training}, so its pickle is a constant of a few bytes.
 */
final class TorchScriptCompiler {
    private TorchScriptCompiler() {}

    /**
     * Compiles a source that defines {@code class NAME(Module)}.
     *
     * @throws IllegalArgumentException where the engine's parser refuses the source; its message has the line
     */
    static PtSymbolBlock compile(NDManager manager, String source, String className) {
        byte[] archive = archive(source, className);
        try {
            return JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(archive), false, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("TorchScript does not compile: " + e.getMessage(), e);
        }
    }

    private static byte[] archive(String source, String className) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            store(zip, "operators/data.pkl", moduleObject(className));
            store(zip, "operators/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
            store(zip, "operators/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'}); // an empty tuple
            store(zip, "operators/version", "3\n".getBytes(StandardCharsets.US_ASCII));
            store(zip, "operators/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Pickle, protocol 2, of {@code __torch__.NAME} with state {@code {"training": True}}. */
    private static byte[] moduleObject(String className) throws IOException {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.write(new byte[] {(byte) 0x80, 2, 'c'});
        pickle.write(("__torch__\n" + className + "\n").getBytes(StandardCharsets.US_ASCII));
        pickle.write(new byte[] {'q', 0, ')', (byte) 0x81, '}', 'X', 8, 0, 0, 0});
        pickle.write("training".getBytes(StandardCharsets.US_ASCII));
        pickle.write(new byte[] {'q', 1, (byte) 0x88, 's', 'b', 'q', 2, '.'});
        return pickle.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
