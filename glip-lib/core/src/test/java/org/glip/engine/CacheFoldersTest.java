package org.glip.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFoldersTest {
    private static final Path NO_HOME = Path.of("?");

    @TempDir
    Path folder;

    @Test
    void cachesLieInTheUsersCacheFolder() {
        Path home = folder.resolve("home");
        Path absolute = folder.resolve("xdg").toAbsolutePath();
        assertEquals(absolute, CacheFolders.choose(absolute.toString(), home, folder));
        assertEquals(home.resolve(".cache"), CacheFolders.choose(null, home, folder));
        assertEquals(home.resolve(".cache"), CacheFolders.choose("", home, folder));
        assertEquals(home.resolve(".cache"), CacheFolders.choose("relative/path", home, folder));
    }

    @Test
    void aUserWithoutAHomeHasTheFolderThatIsNamed() {
        String named = folder.resolve("xdg").toString();
        assertEquals(Path.of(named), CacheFolders.choose(named, NO_HOME, folder));
    }

    @Test
    void elseOneOfTheUsersOwnAmongTheTemporaryFiles() throws IOException {
        Path own = CacheFolders.choose(null, NO_HOME, folder);
        assertEquals(folder.resolve("glip-" + Files.getAttribute(folder, "unix:uid")), own);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(own)));
        assertEquals(own, CacheFolders.choose(null, NO_HOME, folder), "the same the next time");
        assertEquals(own, CacheFolders.choose("relative", NO_HOME, folder));
        assertFalse(Files.exists(NO_HOME));
    }

    @Test
    void aHomeThatCannotBeWrittenIsNone() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Path own = CacheFolders.choose(file.resolve("xdg").toString(), file.resolve("home"), folder);
        assertEquals(folder, own.getParent());
    }

    @Test
    void aFolderThatSomebodyElsePutThereIsLeftAlone() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("glip-" + Files.getAttribute(folder, "unix:uid")), elsewhere);
        Path own = CacheFolders.choose(null, NO_HOME, folder);
        assertTrue(Files.isDirectory(own));
        assertFalse(own.toRealPath().equals(elsewhere.toRealPath()));
    }
}
