package org.glip.scenes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.glip.data.ImageTextSample;
import org.glip.data.SampleSource;
import org.glip.data.SkipLog;

/** What several tests of Scenes need. */
final class ScenesFixtures {
    /** Two concepts, one of them with a second skin tone, and a letter that is none. */
    static final Map<String, String> EMOJIBASE = Map.of(
            "package/en/data.json",
            """
            [{"label": "regional indicator A", "hexcode": "1F1E6"},
             {"label": "red heart", "hexcode": "2764-FE0F", "group": 0, "subgroup": 1, "tags": ["love"]},
             {"label": "waving hand", "hexcode": "1F44B", "group": 0, "subgroup": 1,
              "skins": [{"label": "waving hand: dark skin tone", "hexcode": "1F44B-1F3FF"}]}]
            """,
            "package/en/messages.json",
            """
            {"groups": [{"order": 0, "message": "smileys & emotion"}], "subgroups": [{"order": 1, "message": "hearts"}]}
            """,
            "package/meta/unicode-names.json",
            """
            {"2764": "HEAVY BLACK HEART", "1F44B": "WAVING HAND SIGN"}
            """,
            "package/en/shortcodes/cldr.json",
            """
            {"2764": "heart", "1F44B": ["wave", "waving"]}
            """);

    private ScenesFixtures() {}

    /** A gzip-compressed tar archive with these members. */
    static Path tgz(Path file, Map<String, String> members) throws IOException {
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
            for (Map.Entry<String, String> member : members.entrySet()) {
                byte[] content = member.getValue().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(member.getKey());
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return file;
    }

    static Concept concept(String label, String... tags) {
        return new Concept("1F600", label, List.of(tags), "mammals", "animals & nature");
    }

    /** All samples of shards; none may be unreadable. */
    static List<ImageTextSample> read(List<Path> shards) throws IOException {
        List<ImageTextSample> samples = new ArrayList<>();
        SkipLog skipped = new SkipLog();
        for (Path shard : shards) {
            try (SampleSource.Pass reader = SampleSource.shards(List.of(shard)).open(skipped)) {
                reader.forEachRemaining(samples::add);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
        if (skipped.count() > 0) {
            throw new IOException(skipped.summary());
        }
        return samples;
    }
}
