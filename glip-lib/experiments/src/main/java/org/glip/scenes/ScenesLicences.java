package org.glip.scenes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the licence and attribution list that lies beside the data. */
final class ScenesLicences {
    static final String FILE = "LICENSES.md";

    private ScenesLicences() {}

    /** Writes {@code LICENSES.md} into a folder of foregrounds or of composed pictures that show these styles. */
    static void write(Path folder, Set<String> styles) throws IOException {
        Map<String, PinnedPackage> packages =
                PinnedPackage.all().stream().collect(Collectors.toMap(PinnedPackage::name, pinned -> pinned));
        StringBuilder text = new StringBuilder("""
                # Licences and attribution

                The drawings were rasterised, trimmed and resized; nothing else was changed. Pictures that are \
                composed of several
                works are adaptations of all of them; as some are under CC-BY-SA-4.0, the composed set as a whole is \
                under
                [CC-BY-SA-4.0](https://creativecommons.org/licenses/by-sa/4.0/).

                ## Drawings

                | style | work | author | licence | published at | package |
                |---|---|---|---|---|---|
                """);
        for (ForegroundSource source : ForegroundSource.ALL) {
            if (styles.contains(source.style())) {
                text.append(row(
                        source.style(),
                        source.title(),
                        source.author(),
                        source.licence(),
                        source.project(),
                        pin(packages.get(source.packageName()))));
            }
        }
        text.append("""

                ## Labels, tags and groups

                | work | author | licence | package |
                |---|---|---|---|
                """);
        text.append(row(
                "emojibase, from the Unicode emoji list and CLDR (Unicode Licence v3)",
                "Miles Johnson; Unicode, Inc.",
                "MIT",
                pin(packages.get(ForegroundSource.LABELS_PACKAGE))));
        text.append("""

                ## Background photographs

                From Debian's package endless-sky-data 0.9.8-1.2 (the game Endless Sky), shrunk to 240x120 pixels.

                | file | source | copyright | licence |
                |---|---|---|---|
                """);
        List<String> photographs = new String(ScenesResources.read(Backgrounds.TABLE), StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .toList();
        photographs.forEach(line -> text.append(row(line.split("\t"))));
        Files.writeString(folder.resolve(FILE), text);
    }

    private static String pin(PinnedPackage pinned) {
        return pinned.name() + " " + pinned.version();
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
