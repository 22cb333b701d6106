package org.glip.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.glip.data.SampleSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the pairs come from. */
final class DataOptions {
    @Option(
            names = "--data",
            required = true,
            arity = "1..*",
            paramLabel = "SHARDS",
            description = "Webdataset shards: paths, braces such as cc3m-{00000..00331}.tar, quoted globs, or a list"
                    + " @shards.txt; or one .csv or .tsv file; or one folder, of shards or of pictures with their"
                    + " captions beside them (NAME.jpg, NAME.txt).")
    private List<String> patterns;

    @Option(
            names = "--csv-separator",
            paramLabel = "C",
            description = "Between two fields (default: a comma in .csv, a tab in .tsv).")
    private @Nullable Character separator;

    @Option(
            names = "--csv-img-key",
            defaultValue = "filepath",
            paramLabel = "COLUMN",
            description = "Column of the picture files (default: ${DEFAULT-VALUE}).")
    private String imageColumn;

    @Option(
            names = "--csv-caption-key",
            defaultValue = "title",
            paramLabel = "COLUMN",
            description = "Column of the captions (default: ${DEFAULT-VALUE}).")
    private String captionColumn;

    SampleSource source() throws IOException {
        return source(patterns);
    }

    /** Other data, written in the same way. */
    SampleSource source(List<String> shards) throws IOException {
        boolean comma = isOneFile(shards, ".csv");
        if (comma || isOneFile(shards, ".tsv")) {
            char between = separator != null ? separator : comma ? ',' : '\t';
            return SampleSource.csv(Path.of(shards.get(0)), between, imageColumn, captionColumn);
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

    private static boolean isOneFile(List<String> shards, String extension) {
        return shards.size() == 1 && shards.get(0).toLowerCase(Locale.ROOT).endsWith(extension);
    }
}
