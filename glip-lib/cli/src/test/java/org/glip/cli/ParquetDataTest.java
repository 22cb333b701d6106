package org.glip.cli;

import static org.glip.cli.CommandRun.glip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.glip.data.SampleSource;
import org.glip.data.SkipLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet files in the place of shards. */
class ParquetDataTest {
    private static final Path TABLES = Path.of("../parquet/src/test/resources/parquet");

    @TempDir
    Path folder;

    private CommandRun prepare(String data, String... more) {
        return glip(CommandRun.with(
                java.util.List.of(
                        "prepare",
                        "--data",
                        data,
                        "--out",
                        folder.resolve("out").toString()),
                more));
    }

    @Test
    void preparesShardsFromAFolderOfThem() throws IOException {
        Path tables = Files.createDirectory(folder.resolve("tables"));
        for (String name : new String[] {"plain.parquet", "zstd-v2.parquet"}) {
            Files.copy(TABLES.resolve(name), tables.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        CommandRun run = prepare(tables.toString());
        assertEquals(0, run.code(), run.err());
        SampleSource shards = SampleSource.folder(folder.resolve("out"));
        assertEquals(64, shards.countSamples(), run.out());
        try (SampleSource.Pass pass = shards.open(new SkipLog())) {
            assertEquals("ein Löwe, number 0", pass.next().caption());
        }
    }

    @Test
    void namesTheColumnsThatAreThere() {
        CommandRun run = prepare(TABLES.resolve("plain.parquet").toString(), "--parquet-caption-key", "words");
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains("no column \"words\", only \"image\", \"caption\""), run.err());
    }
}
