package org.glip.ranks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenerTest {
    private static String told(Executable opening) {
        return assertThrows(IOException.class, opening::run).getMessage();
    }

    private interface Executable {
        void run() throws IOException;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gloo", "nccl"})
    void theOpenersAreThoseThatWereBuilt(String name) throws IOException {
        Opener opener = Opener.find(name);

        assertTrue(opener.requireOwn().length > 10_000);
        opener.requireFit("Linux", "amd64", "PyTorch 2.7.1");
    }

    /** Who changes a source must build anew. */
    @Test
    void theOpenersAreBuiltFromTheSourcesThatLieHere() throws IOException {
        ByteArrayOutputStream sources = new ByteArrayOutputStream();
        for (String file : List.of("gloo.cpp", "group.hpp", "nccl.cpp", "old_systems.cpp")) {
            sources.write(Files.readAllBytes(Path.of("src/main/native", file)));
        }
        Properties properties = new Properties();
        try (InputStream in = Opener.class.getResourceAsStream("openers.properties")) {
            properties.load(in);
        }

        assertEquals(properties.getProperty("sources"), DigestUtils.sha256Hex(sources.toByteArray()));
    }

    @Test
    void aMissingOneIsTold() throws IOException {
        Opener opener = Opener.find("carrier-pigeons");

        assertTrue(told(opener::requireOwn).contains("for carrier-pigeons is missing"));
    }

    @Test
    void aForeignOneIsTold() throws IOException {
        Opener own = Opener.find("gloo");
        byte[] changed = own.requireOwn().clone();
        changed[changed.length / 2]++;

        assertTrue(told(new Opener("gloo", changed, own.digest(), own.engine())::requireOwn)
                .contains("is a foreign one: its SHA-256 is"));
    }

    @Test
    void anotherEngineOrMachineIsTold() throws IOException {
        Opener opener = Opener.find("gloo");

        assertTrue(told(() -> opener.requireFit("Linux", "amd64", "PyTorch 2.5.1"))
                .contains("fits the engine PyTorch 2.7.1, but this is PyTorch 2.5.1"));
        assertTrue(told(() -> opener.requireFit("Mac OS X", "aarch64", "PyTorch 2.7.1"))
                .contains("not on Mac OS X on aarch64"));
        assertTrue(told(() -> opener.requireFit("Linux", "aarch64", "PyTorch 2.7.1"))
                .contains("not on Linux on aarch64"));
    }
}
