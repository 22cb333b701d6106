package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForegroundPreparationTest {
    @TempDir
    Path root;

    private IOException failure() {
        return assertThrows(
                IOException.class,
                () -> Scenes.open(root, ScenesConfig.of(ScenesPreset.CENTRED), ScenesProgress.NONE, 2));
    }

    @Test
    void aMissingPackageIsNamedWithTheRemedy() {
        String message = failure().getMessage();
        assertTrue(message.contains(" is missing at " + root.resolve("downloads")), message);
        assertTrue(message.contains("run data-scripts/fetch-scenes.sh " + root), message);
    }

    @Test
    void aDamagedPackageIsNamedWithBothSums() throws IOException {
        Path downloads = Files.createDirectories(root.resolve("downloads"));
        for (PinnedPackage pinned : PinnedPackage.all()) {
            Files.writeString(downloads.resolve(pinned.file()), "not a package");
        }
        String message = failure().getMessage();
        assertTrue(message.contains("is damaged or another version: its SHA-256 is "), message);
        assertTrue(message.contains(DigestUtils.sha256Hex("not a package".getBytes(StandardCharsets.UTF_8))));
        assertTrue(message.contains("data-scripts/fetch-scenes.sh"), message);
    }

    @Test
    void aFailureLeavesNoFolder() {
        failure();
        Path home = root.resolve("scenes").resolve(ScenesVersion.V2.id());
        assertFalse(Files.exists(home.resolve("foregrounds")));
        assertFalse(Files.exists(home.resolve("centred")));
    }

    @Test
    void everyStyleHasItsPinnedPackage() throws IOException {
        Set<String> pinned =
                PinnedPackage.all().stream().map(PinnedPackage::name).collect(Collectors.toSet());
        Set<String> needed =
                ForegroundSource.ALL.stream().map(ForegroundSource::packageName).collect(Collectors.toSet());
        needed.add(ForegroundSource.LABELS_PACKAGE);
        assertEquals(needed, pinned);
    }
}
