package org.glip.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileKindTest {
    private static FileKind kind(String text) {
        return FileKind.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "1f8b08, GZIP",
        "425a6839314159265359, BZIP2",
        "425a6831177245385090, BZIP2",
        "fd377a585a000004, XZ",
        "28b52ffd04, ZSTANDARD",
        "504b030414, ZIP",
        "504b0506, ZIP",
        "377abcaf271c, SEVEN_ZIP",
        "5041523115041510, PARQUET",
        "894844460d0a1a0a, HDF5",
        "4747554603000000, GGUF",
        "934e554d505901, NUMPY",
        "89504e470d0a1a0a, PNG",
        "ffd8ffe0, JPEG",
        "0011, UNKNOWN",
    })
    void formatsAreToldByTheirMarks(String hexadecimal, FileKind kind) {
        assertEquals(kind, FileKind.of(HexFormat.of().parseHex(hexadecimal)));
    }

    @Test
    void textsAreToldByTheirFirstWords() {
        assertEquals(FileKind.LFS_POINTER, kind("version https://git-lfs.github.com/spec/v1\noid sha256:0"));
        assertEquals(FileKind.TEXT, kind("version 2 of the captions"));
        assertEquals(FileKind.HTML, kind("\uFEFF \n<!DOCTYPE html>"));
        assertEquals(FileKind.HTML, kind("<HTML lang=\"en\">"));
        assertEquals(FileKind.HTML, kind("<body class=\"error\">"));
        assertEquals(FileKind.XML, kind("<head coach> of the team"), "no tag of HTML");
        assertEquals(FileKind.XML, kind("<?xml version=\"1.0\"?>"));
        assertEquals(FileKind.JSON, kind("\n{\"a\": 1}"));
        assertEquals(FileKind.TEXT, kind("BZh is how bzip2 begins"));
        assertEquals(FileKind.TEXT, kind("ein Löwe\t\r\n"));
        assertEquals(FileKind.EMPTY, kind(""));
    }

    @Test
    void aTarIsOfNoKindWhateverItsFirstMemberIsCalled() {
        for (String name : new String[] {"a.jpg", "<html>.jpg", "version 1.jpg", "{x}.json"}) {
            byte[] header = Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), FileKind.START);
            assertEquals(FileKind.UNKNOWN, FileKind.of(header), name);
        }
    }

    @Test
    void everyKindSaysWhatHelps() {
        for (FileKind kind : FileKind.values()) {
            assertTrue(kind.withCure().startsWith(kind.what() + ": "), kind::name);
        }
        assertEquals("a ZIP archive: open it", FileKind.ZIP.withCure("open it"));
    }
}
