package org.glip.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.glip.data.SampleSource;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the pairs come from. */
final class DataOptions {
    @Option(
            names = "--data",
            required = true,
            arity = "1..*",
            paramLabel = "SHARDS",
            description = "Webdataset shards: paths, braces such as cc3m-{00000..00331}.tar, quoted globs, or a list"
                    + " @shards.txt; or one table, .csv, .tsv or .txt; or one folder, of shards or of pictures with their"
                    + " captions beside them (NAME.jpg, NAME.txt).")
    private List<String> patterns;

    @Mixin
    private TableOptions table;

    SampleSource source() throws IOException {
        return source(patterns);
    }

    /** Other data, written in the same way. */
    SampleSource source(List<String> shards) throws IOException {
        if (shards.size() == 1 && TableOptions.isTable(shards.get(0))) {
            return table.source(shards.get(0));
        }
        for (String name : shards) {
            if (Files.isDirectory(Path.of(name))) {
                return inFolder(Path.of(name), shards.size());
            }
        }
        return SampleSource.shards(shards.toArray(String[]::new));
    }

    /** The shards in a folder, or if there are none the pictures with captions in it and the folders in it. */
    private static SampleSource inFolder(Path folder, int named) throws IOException {
        if (named > 1) {
            throw new IOException(folder + " is a folder, and stands among " + (named - 1)
                    + " other names: name one folder, or shards only");
        }
        return SampleSource.folder(folder);
    }

    /**
     * The folder that is named in the place of shards.
     *
     * @throws IOException if there is more than one
     */
    Path folder() throws IOException {
        if (patterns.size() != 1) {
            throw new IOException("With --set, --data names one folder, not " + patterns.size());
        }
        return Path.of(patterns.get(0));
    }
}
