package org.glip.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.glip.data.SampleMembers.Outcome;
import org.glip.data.SkipLog.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Reads one webdataset shard: a tar file, plain or compressed (gzip, bzip2, xz, Zstandard), in which the neighbouring
 * members {@code KEY.jpg}, {@code KEY.txt} and {@code KEY.json} make a sample. Nothing is ever written to disk.
 *
 * <p>As in the webdataset library, a key reaches to the first dot after the last slash, what follows is the kind of the
 * member in any letter case, and members without a dot, beginning with a dot, or named {@code __like this__} belong to
 * no sample. As in open_clip, a kind that comes a second time begins a new sample of the same key. The picture is the
 * first present of jpg, png, jpeg, webp, gif. The caption is the txt member, or the string {@code "caption"} of the
 * json member where there is no txt. A member that is a link is the member that it leads to, in the shard. What is not
 * needed for that is not asked for: a json member may hold anything beside a txt, and other members are ignored.
 *
 * <p>A sample without picture or caption, with an empty caption, a caption that is not UTF-8, or a needed member over
 * 256 MiB is left out and counted. A shard that is missing, truncated, damaged or not a tar file is counted as one such
 * sample, and what could be read of it is used. Another error of reading is an {@link IOException}, as the cause of an
 * {@link UncheckedIOException}, from {@code hasNext} and {@code next}.
 */
final class WebDatasetReader implements SampleSource.Pass {
    private static final byte[] NOT_READ = new byte[0];

    private final String shardName;
    private final SkipLog skipped;
    private final IncompleteSamples incomplete;
    private final SampleText text;
    private final boolean readImages;
    private final ShardLinks links;
    private @Nullable ShardTar tar;
    private @Nullable TarArchiveEntry member;
    private @Nullable MemberName memberName;
    private @Nullable ImageTextSample upcoming;
    private boolean damaged;

    /** Of the last sample: where its first header begins, where its last member ends, whether it has links. */
    private long sampleStart;

    private long sampleEnd;
    private boolean linked;

    /**
     * Opens a shard.
     *
     * @param shard the tar file
     * @param skipped counts the samples that are left out
     * @throws IOException if the thread is interrupted
     */
    public WebDatasetReader(Path shard, SkipLog skipped) throws IOException {
        this(shard, skipped, SampleText.caption());
    }

    WebDatasetReader(Path shard, SkipLog skipped, SampleText text) throws IOException {
        this(shard, () -> new ShardTar(shard), skipped, text, true);
    }

    /** How the members are come by: in the file, or in a piece of it. */
    @FunctionalInterface
    private interface Opening {
        ShardTar open() throws IOException;
    }

    private WebDatasetReader(Path shard, Opening opening, SkipLog skipped, SampleText text, boolean readImages)
            throws IOException {
        this.shardName = shard.toString();
        this.skipped = skipped;
        this.incomplete = new IncompleteSamples(shardName, skipped);
        this.text = text;
        this.readImages = readImages;
        this.links = new ShardLinks(shard);
        try {
            this.tar = opening.open();
            nextMember();
        } catch (DamagedShardException e) {
            end(e);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Passes over the samples of a shard; their pictures are not read. */
    static WebDatasetReader withoutPictures(Path shard, SkipLog skipped, SampleText text) throws IOException {
        return new WebDatasetReader(shard, () -> new ShardTar(shard), skipped, text, false);
    }

    /**
     * Reads a sample of which the place is known.
     *
     * @param shard where it lies, for messages
     * @param piece its bytes in the shard, from its first header on
     * @return the sample
     * @throws DamagedShardException if no sample is there
     */
    static ImageTextSample sample(Path shard, byte[] piece, SampleText text) throws IOException {
        SkipLog faults = new SkipLog(0);
        try (WebDatasetReader reader = new WebDatasetReader(shard, () -> new ShardTar(piece), faults, text, true)) {
            ImageTextSample sample = reader.nextSample();
            if (sample == null) {
                throw new DamagedShardException("no sample lies where one did (" + faults.summary() + ")", null);
            }
            return sample;
        }
    }

    /** Where the last sample's first header begins. */
    long sampleStart() {
        return sampleStart;
    }

    /** Where the last sample's last member ends, with what fills its last record. */
    long sampleEnd() {
        return sampleEnd;
    }

    /** Whether a member of the last sample is a link to another place in the shard. */
    boolean isSampleLinked() {
        return linked;
    }

    /** Whether the samples of this shard can be read by their places; not where it is compressed, or no shard. */
    boolean isPlain() {
        return tar != null && tar.isPlain();
    }

    /** Counts the samples that a reader of this shard will return. The pictures are passed over, not read. */
    static long countSamples(Path shard, SampleText text) throws IOException {
        try (WebDatasetReader reader = withoutPictures(shard, new SkipLog(0), text)) {
            long samples = 0;
            while (reader.nextSample() != null) {
                samples++;
            }
            return samples;
        }
    }

    @Override
    public boolean hasNext() {
        if (upcoming == null) {
            try {
                upcoming = nextSample();
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }
        return upcoming != null;
    }

    @Override
    public ImageTextSample next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more samples in " + shardName);
        }
        ImageTextSample sample = upcoming;
        upcoming = null;
        return sample;
    }

    @Override
    public void close() throws IOException {
        links.close();
        if (tar != null) {
            tar.close();
        }
    }

    private @Nullable ImageTextSample nextSample() throws IOException {
        while (memberName != null) {
            SampleMembers members = readMembers(memberName.key());
            Outcome outcome;
            try {
                outcome = members.sample(shardName + "!" + members.key());
            } catch (IOException e) {
                if (damaged) {
                    break; // what it lacks was cut off
                }
                throw e;
            }
            if (outcome.sample() != null) {
                return outcome.sample();
            }
            if (!damaged) { // else it is the shard that is counted, not what it cut off
                incomplete.leaveOut(members.key(), outcome.fault());
            }
        }
        incomplete.report();
        return null;
    }

    /** Goes to the next member that belongs to a sample. */
    private void nextMember() throws IOException {
        do {
            member = tar.next();
            memberName = member == null ? null : MemberName.parse(member.getName());
        } while (member != null && memberName == null);
        if (member == null && tar.endedWithoutMark()) {
            skipped.skip(Reason.NO_END_MARK, shardName, "it may have been longer; what it holds is read");
        }
    }

    /** Reads neighbouring members of one key, each kind once. Damage ends the shard after what was read before it. */
    private SampleMembers readMembers(String key) throws IOException {
        SampleMembers members = new SampleMembers(key, text);
        sampleStart = tar.headerStart();
        linked = false;
        try {
            while (memberName != null && memberName.key().equals(key) && !members.has(memberName.kind())) {
                if (members.note(memberName.kind())) {
                    readMember(memberName.kind(), members);
                }
                sampleEnd = tar.memberEnd();
                nextMember();
            }
        } catch (DamagedShardException e) {
            end(e);
        }
        return members;
    }

    private void end(DamagedShardException damage) {
        skipped.skip(Reason.DAMAGED_SHARD, shardName, damage.getMessage());
        damaged = true;
        memberName = null;
    }

    private void readMember(String kind, SampleMembers members) throws IOException {
        ShardLinks.Member target = null;
        if (member.isSparse()) {
            // It could claim any number of zeros without a byte in the file.
            members.putFault(kind, reasonWithout(kind), "." + kind + " is a sparse file, which is not read");
            return;
        }
        if (ShardTar.isLink(member)) {
            linked = true;
            target = links.find(member, tar.members());
            if (target == null) {
                String place = "." + kind + " is a link to " + member.getLinkName() + ", which is no file in the shard";
                members.putFault(kind, reasonWithout(kind), place);
                return;
            }
        }
        long size = target == null ? member.getSize() : target.size();
        if (size > ImageTextSample.MAX_FILE_BYTES) {
            members.putFault(kind, Reason.TOO_LARGE, size + " bytes in ." + kind);
        } else if (SampleMembers.isImage(kind) && !readImages) {
            members.put(kind, NOT_READ);
        } else {
            members.put(kind, target == null ? tar.read(member) : links.read(target));
        }
    }

    private static Reason reasonWithout(String kind) {
        return SampleMembers.isImage(kind) ? Reason.NO_IMAGE : Reason.NO_CAPTION;
    }
}
