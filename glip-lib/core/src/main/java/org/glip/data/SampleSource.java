package org.glip.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A data set of pictures with captions, which can be passed over any number of times, each time in an order of its own.
 * The static methods open the kinds of data sets that the library knows; {@link BatchLoader} makes batches of them.
 */
public interface SampleSource {
    /**
     * Returns a data set in webdataset shards, such as CC3M or CC12M as img2dataset writes them: tar files, plain or
     * compressed, in which the neighbouring members {@code KEY.jpg} (or png, jpeg, webp, gif), {@code KEY.txt} and
     * {@code KEY.json} make a sample. The caption is the txt member, or the string {@code "caption"} of the json
     * member. A sample that cannot be used is left out and counted; a damaged shard too, from the damage on.
     *
     * @param shards the files, in this order
     * @return the source
     * @throws IllegalArgumentException if there is no shard
     */
    static SampleSource shards(List<Path> shards) {
        return new WebDatasetSource(shards, SampleText.caption());
    }

    /**
     * Returns a data set in the webdataset shards that patterns stand for. A pattern is one of, or a mixture of
     *
     * <ul>
     *   <li>a path: {@code data/cc3m-00000.tar}; of a folder: the shards in it;
     *   <li>braces, as in webdataset and open_clip: {@code cc3m-{00000..00331}.tar}, {@code {train,val}-{0..3}.tar};
     *   <li>a glob in the file name: {@code data/*.tar};
     *   <li>a list: {@code @shards.txt}, with a pattern on each line, relative to the folder of the list; empty lines
     *       and lines that begin with {@code #} are passed over;
     *   <li>several of these with {@code ::} between them, as in open_clip.
     * </ul>
     *
     * @param patterns one or more; a file that several of them name counts once
     * @return the source, read as by {@link #shards(List)}
     * @throws IllegalArgumentException if there is no pattern, or braces are not in pairs or stand for too many names
     * @throws IOException if files are missing, a glob matches nothing, a folder holds no shard, a list cannot be read,
     *     or a URL is named
     */
    static SampleSource shards(String... patterns) throws IOException {
        return shards(Shards.expand(List.of(patterns)));
    }

    /**
     * Returns webdataset shards of pictures with a class: the member {@code KEY.cls} holds its number, or, where there
     * is none, the field {@value SampleMetadata#LABEL} of the metadata number or name. The caption is the name of the
     * class, and the metadata hold both ({@link SampleMetadata}). A sample without a class, or with a number out of
     * range, is an {@link IOException} from the pass that names it.
     *
     * @param shards the files, in this order
     * @param classNames the classes in the order of their numbers
     * @return the source
     * @throws IllegalArgumentException if there is no shard
     */
    static SampleSource labelledShards(List<Path> shards, List<String> classNames) {
        return new WebDatasetSource(shards, SampleText.classNumber(List.copyOf(classNames)));
    }

    /**
     * Returns webdataset shards of pictures with a class that is looked up later: the metadata say it in a field, or
     * the member {@code KEY.cls} does, which is put into the fields {@code cls} and, where it is free,
     * {@value SampleMetadata#LABEL}. Captions are not needed and not read; a sample's caption is its label.
     *
     * @param patterns as those of {@link #shards(String...)}
     * @return the source
     * @throws IllegalArgumentException as for {@link #shards(String...)}
     * @throws IOException likewise
     */
    static SampleSource labelledShards(String... patterns) throws IOException {
        return new WebDatasetSource(Shards.expand(List.of(patterns)), SampleText.label());
    }

    /**
     * Returns the data set in a folder; shards in it are read as by {@link #labelledShards(String...)}.
     *
     * @param folder an existing folder
     * @return the source
     * @throws IOException as {@link #folder}
     */
    static SampleSource labelledFolder(Path folder) throws IOException {
        List<Path> shards = Shards.in(folder);
        return shards.isEmpty() ? folder(folder) : new WebDatasetSource(shards, SampleText.label());
    }

    /**
     * Returns webdataset shards with several captions a picture, the lines of {@code KEY.txt}; the metadata list them.
     *
     * @param shards the files, in this order
     * @return the source
     * @throws IllegalArgumentException if there is no shard
     */
    static SampleSource captionedShards(List<Path> shards) {
        return new WebDatasetSource(shards, SampleText.captionLines());
    }

    /**
     * Returns webdataset shards whose captions are in a field of the json member, a text or a list of texts: the first
     * is the caption, and the metadata list all ({@link SampleMetadata}), from which a loader can draw.
     *
     * @param field such as {@code caption}, {@code raw_caption}
     * @param patterns as those of {@link #shards(String...)}
     * @return the source
     * @throws IllegalArgumentException as for {@link #shards(String...)}
     * @throws IOException likewise
     */
    static SampleSource captionedShards(String field, String... patterns) throws IOException {
        return new WebDatasetSource(Shards.expand(List.of(patterns)), SampleText.field(field));
    }

    /**
     * Returns the data set in a folder: the webdataset shards ({@code .tar}, compressed ones too) that lie in it,
     * sorted by name, or if there are none the pictures in it and the folders in it. Each picture {@code NAME.jpg} has
     * its caption beside it in {@code NAME.txt} (UTF-8); one without is left out and counted when a pass comes to it.
     *
     * @param folder an existing folder
     * @return the source
     * @throws IOException if the folder cannot be read, or holds neither shards nor a picture that has a caption
     */
    static SampleSource folder(Path folder) throws IOException {
        List<Path> shards = Shards.in(folder);
        if (!shards.isEmpty()) {
            return shards(shards);
        }
        try {
            return new CaptionFolderSource(folder);
        } catch (IOException e) {
            throw new IOException(
                    folder + " holds neither shards (.tar) nor pictures with captions: " + e.getMessage(), e);
        }
    }

    /**
     * Returns the pictures of class folders, as ImageNet is usually laid out: {@code val/n01440764/x.JPEG}. The caption
     * of a sample is the name of its class, and its metadata hold name and number ({@link SampleMetadata}).
     *
     * @param root the folder of the class folders
     * @param numbers the class number of each folder that counts, by its name, in the order in which they are read
     * @param classNames what the classes are called, which may be otherwise than their folders
     * @return the source
     * @throws IOException if a folder is missing or holds no picture
     */
    static SampleSource classFolders(Path root, Map<String, Integer> numbers, List<String> classNames)
            throws IOException {
        return ClassFolders.source(root, numbers, classNames);
    }

    /**
     * Returns the rows of a CSV or TSV file with a column of picture files and one of captions, as open_clip's
     * {@code --dataset-type csv} reads, by pandas' rules: UTF-8, packed if its name ends in {@code .gz}, a header line,
     * fields in double quotes where they hold the separator, a quote (doubled) or a line end; other quotes are text.
     * Paths are relative to the folder of the file, or, where nothing lies there, to the working folder. A row without
     * caption, or whose picture is missing, is left out and counted when a pass comes to it.
     *
     * @param file the CSV or TSV file
     * @param separator between two fields
     * @param imageColumn the name of the column with the picture files; {@code filepath} in open_clip
     * @param captionColumn the name of the column with the captions; {@code title} in open_clip
     * @return the source, which keeps the rows in memory, not the pictures
     * @throws IllegalArgumentException if the separator is a quote or a line end
     * @throws IOException if the file is missing, is not UTF-8, lacks a column, has a row with more fields than the
     *     first, or a quote has no end; the message names the file and the line
     */
    static SampleSource csv(Path file, char separator, String imageColumn, String captionColumn) throws IOException {
        return new CsvSource(file, new CsvSource.Layout(separator, imageColumn, captionColumn));
    }

    /**
     * Returns the rows of such a file whose separator has to be found.
     *
     * @param file the CSV or TSV file
     * @param separators that it may have, the likeliest first: the first counts by which the header has both columns
     * @param imageColumn the name of the column with the picture files
     * @param captionColumn the name of the column with the captions
     * @return the source
     * @throws IOException as above
     */
    static SampleSource csv(Path file, String separators, String imageColumn, String captionColumn) throws IOException {
        return CsvSource.open(file, separators, imageColumn, captionColumn);
    }

    /**
     * Returns pictures that lie in files of their own, listed beforehand with what is known about each.
     *
     * @param samples in the order in which they count
     * @param description what and where they are, for {@link #describe}
     * @return the source
     * @throws IllegalArgumentException if there is no sample
     */
    static SampleSource listed(List<ListedSample> samples, String description) {
        return new ListedSource(samples, description);
    }

    /**
     * Returns samples that are in memory already: for notebooks and small evaluations.
     *
     * @param samples in the order in which they count
     * @return the source
     * @throws IllegalArgumentException if a caption is empty
     */
    static SampleSource inMemory(List<ImageTextSample> samples) {
        return new InMemorySource(samples);
    }

    /**
     * Lists the files that patterns stand for, whatever is in them.
     *
     * @param patterns as those of {@link #shards(String...)}
     * @return the files, all of which exist, in this order
     * @throws IllegalArgumentException as there
     * @throws IOException likewise
     */
    static List<Path> files(List<String> patterns) throws IOException {
        return Shards.expand(patterns);
    }

    /**
     * {@return whether a name is that of something elsewhere, or a command, and not of a file on this machine}
     *
     * @param name as it stands in a list or a table
     */
    static boolean isUrl(String name) {
        return Shards.isUrl(name);
    }

    /**
     * Returns several sources as one, each with its part of the samples. They are loaded in an order over all samples
     * ({@link SampleOrder#WHOLE}), so shards among them need a {@link DataIndex}.
     *
     * @param sources two or more
     * @param weights the part of each among all samples, in any unit: 1 and 2 for a third and two thirds
     * @return the mixture; an epoch has as many samples as all sources together
     * @throws IllegalArgumentException if there is not one weight above 0 for each source
     */
    static SampleSource mixed(List<SampleSource> sources, List<Double> weights) {
        return new MixedSource(sources, weights);
    }

    /**
     * Begins a pass.
     *
     * @param epoch the number of the pass, from 0
     * @param order how to shuffle; the same order and epoch give the same sequence
     * @param skipped counts the samples that cannot be used
     * @return the samples of the pass, to be closed by the caller
     * @throws IOException if the source cannot be read
     */
    Pass open(long epoch, SampleOrder order, SkipLog skipped) throws IOException;

    /**
     * Begins a pass in the order in which the samples are stored.
     *
     * @param skipped counts the samples that cannot be used
     * @return the pass, to be closed
     * @throws IOException if the source cannot be read
     */
    default Pass open(SkipLog skipped) throws IOException {
        return open(0, SampleOrder.asStored(), skipped);
    }

    /**
     * Returns the samples of an epoch by number, for an order in which any of them can come next
     * ({@link SampleOrder#isWhole}), and for parts of a single pass. Lists of files have them, and plain shards with a
     * {@link DataIndex}.
     *
     * @param epoch the number of the pass, from 0
     * @param order how to shuffle; who asks for a number sees to the order of the numbers
     * @return the samples; nothing if they can be read one after the other only
     * @throws IOException if the source cannot be read
     */
    default Optional<NumberedSamples> numbered(long epoch, SampleOrder order) throws IOException {
        return Optional.empty();
    }

    /**
     * Counts the samples of a pass, without reading pictures. Expensive for shards, whose members it walks over.
     *
     * @return how many there are
     * @throws IOException if the source cannot be read
     */
    long countSamples() throws IOException;

    /**
     * {@return what {@link #countSamples} has not counted because it can never be used, where that is known; it is not
     * met again in the passes of a whole order}
     */
    default SkipCounts leftOut() {
        return SkipCounts.NONE;
    }

    /** {@return what and where the data are, in one line, for the provenance of a run} */
    String describe();

    /**
     * Returns what tells whether data that lie elsewhere are the same: the SHA-256 of the names and sizes of the files,
     * in their order, or of the rows of a table. The content of pictures and shards is not read, which for those of a
     * large set would take hours.
     *
     * @return the fingerprint in hexadecimal digits; nothing for sources that are not made of files
     * @throws IOException if a file cannot be looked at
     */
    default Optional<String> fingerprint() throws IOException {
        return Optional.empty();
    }

    /**
     * One pass over a source, in order. Samples that cannot be used are already left out, counted in a {@link SkipLog}.
     *
     * <p>{@code hasNext} and {@code next} throw {@link java.io.UncheckedIOException} where the source itself is broken
     * (its samples are of another kind, say); its message is complete and its cause is the {@link IOException}. A pass
     * is used by one thread.
     */
    interface Pass extends Iterator<ImageTextSample>, Closeable {}
}
