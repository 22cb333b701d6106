package org.glip.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.glip.data.SampleSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the pairs come from. */
final class DataOptions {
    @Option(
            names = "--data",
            required = true,
            arity = "1..*",
            paramLabel = "SHARDS",
            description = "Webdataset shards (.tar, also .gz, .bz2, .xz, .zst): paths, braces such as"
                    + " cc3m-{00000..00331}.tar, quoted globs, folders, several with :: between them, or a list"
                    + " @shards.txt; or one table, .csv, .tsv or .txt; or one folder of pictures with their"
                    + " captions beside them (NAME.jpg, NAME.txt); or Parquet files (.parquet), named as shards are.")
    private List<String> patterns;

    @Mixin
    private TableOptions table;

    @Mixin
    private ParquetOptions parquet;

    /** Pairs, to learn from or to be found. */
    SampleSource source() throws IOException {
        return source(patterns);
    }

    /** Shards of pairs, with the captions in a field of their metadata. */
    SampleSource source(String captionField) throws IOException {
        return captioned(patterns, captionField);
    }

    /**
     * The sources between which {@code ::} stands, each by itself.
     *
     * @param captionField as above, or null for the usual captions
     */
    List<SampleSource> sources(@Nullable String captionField) throws IOException {
        List<SampleSource> sources = new ArrayList<>();
        for (String pattern : patterns) {
            for (String one : pattern.split("::")) {
                List<String> alone = List.of(one);
                sources.add(captionField == null ? open(alone, false) : captioned(alone, captionField));
            }
        }
        return sources;
    }

    private SampleSource captioned(List<String> shards, String field) throws IOException {
        if (table.isTable(shards)) {
            throw new IOException("--caption-key is for shards; a table's column is --csv-caption-key");
        }
        if (parquet.isParquet(shards)) {
            return parquet.source(shards, field);
        }
        return SampleSource.captionedShards(field, shards.toArray(String[]::new));
    }

    /** Other pairs, written in the same way. */
    SampleSource source(List<String> shards) throws IOException {
        return open(shards, false);
    }

    /** Pictures with a class; they need no caption. */
    SampleSource labelled() throws IOException {
        return labelled(patterns);
    }

    /** Other pictures with a class, written in the same way. */
    SampleSource labelled(List<String> shards) throws IOException {
        return open(shards, true);
    }

    private SampleSource open(List<String> shards, boolean labelled) throws IOException {
        if (table.isTable(shards)) {
            return table.source(shards.get(0));
        }
        table.refuseSeveral(shards);
        if (parquet.isParquet(shards)) {
            return parquet.source(shards, null);
        }
        if (shards.size() == 1 && Files.isDirectory(Path.of(shards.get(0)))) {
            Path folder = Path.of(shards.get(0));
            return labelled ? SampleSource.labelledFolder(folder) : SampleSource.folder(folder);
        }
        String[] names = shards.toArray(String[]::new);
        return labelled ? SampleSource.labelledShards(names) : SampleSource.shards(names);
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
