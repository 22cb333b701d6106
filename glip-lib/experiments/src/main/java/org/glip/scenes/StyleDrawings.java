package org.glip.scenes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.glip.files.Json;
import org.glip.files.JsonException;
import org.glip.files.JsonFields;
import org.jspecify.annotations.Nullable;

/**
 * The drawings of one package that show a known concept in the default skin tone, and how many were left out and why.
 */
final class StyleDrawings {
    private static final String ICONS = "package/icons.json";
    private static final String CHARS = "package/chars.json";
    private static final String FONT = "package/400Regular/NotoEmoji_400Regular.ttf";
    private static final int DEFAULT_ICON_SIDE = 16; // as iconify's format says

    private final ConceptTable concepts;
    private final List<Drawing> drawings = new ArrayList<>();
    private int hidden;
    private int otherTones;
    private int unmatched;

    private StyleDrawings(ConceptTable concepts) {
        this.concepts = concepts;
    }

    /**
     * Reads a package.
     *
     * @throws IOException naming the archive, if it is damaged or not laid out as its format says
     */
    static StyleDrawings read(ForegroundSource source, Path archive, ConceptTable concepts) throws IOException {
        StyleDrawings style = new StyleDrawings(concepts);
        switch (source.format()) {
            case ICONIFY, ONE_COLOUR_ICONIFY -> style.readIconify(archive);
            case FONT -> style.readFont(archive);
            case WEBP_BY_CODE_POINT -> style.readByCodePoint(archive, "package/assets/", ".webp", false);
            case SVG_BY_CODE_POINT -> style.readByCodePoint(archive, "package/color/svg/", ".svg", true);
        }
        if (style.drawings.isEmpty()) {
            throw new IOException(archive + " holds no drawing of a known concept");
        }
        return style;
    }

    private void readByCodePoint(Path archive, String folder, String ending, boolean vector) throws IOException {
        Predicate<String> wanted = name -> name.startsWith(folder) && name.endsWith(ending);
        ArchiveReader.readGzip(archive, wanted, (name, content) -> {
            String codePoints = name.substring(folder.length(), name.length() - ending.length());
            Concept concept = concept(ConceptTable.id(codePoints));
            if (concept != null) {
                drawings.add(new Drawing(concept, archive.getFileName() + "!" + name, content, vector));
            }
        });
    }

    private void readFont(Path archive) throws IOException {
        ArchiveReader.readGzip(archive, FONT::equals, (name, content) -> {
            FontOutlines font = FontOutlines.read(content, archive.getFileName() + "!" + name);
            for (Concept concept : concepts.concepts()) {
                font.svg(concept.id())
                        .ifPresent(svg -> drawings.add(new Drawing(
                                concept,
                                archive.getFileName() + "!" + name + "#" + concept.id(),
                                svg.getBytes(StandardCharsets.UTF_8),
                                true)));
            }
        });
    }

    private void readIconify(Path archive) throws IOException {
        Map<String, JsonFields> files = new HashMap<>();
        ArchiveReader.readGzip(archive, name -> name.equals(ICONS) || name.equals(CHARS), (name, content) -> {
            files.put(name, Json.parse(new String(content, StandardCharsets.UTF_8), archive + "!" + name));
        });
        if (!files.containsKey(ICONS) || !files.containsKey(CHARS)) {
            throw new IOException(archive + " lacks " + ICONS + " or " + CHARS);
        }
        try {
            readIcons(files.get(ICONS), idsByName(files.get(CHARS)), archive);
        } catch (JsonException e) {
            throw new IOException(
                    archive + ": the icons are not laid out as iconify's format says: " + e.getMessage(), e);
        }
    }

    private void readIcons(JsonFields set, Map<String, String> idsByName, Path archive) throws JsonException {
        Map<String, List<String>> aliases = aliasesByName(set);
        JsonFields icons = set.object("icons");
        for (String name : icons.names()) {
            JsonFields icon = icons.object(name);
            if (icon.has("hidden") && icon.truth("hidden")) {
                hidden++; // withdrawn from the set
                continue;
            }
            String id = idsByName.get(name);
            if (id == null) {
                id = concepts.names().find(name, aliases.getOrDefault(name, List.of()));
            }
            Concept concept = concept(id);
            if (concept != null) {
                byte[] svg = svg(set, icon).getBytes(StandardCharsets.UTF_8);
                drawings.add(new Drawing(concept, archive.getFileName() + "!" + name, svg, true));
            }
        }
    }

    /** Several code points may share a name (with and without U+FE0F, withdrawn ones): one that is a concept wins. */
    private Map<String, String> idsByName(JsonFields chars) throws JsonException {
        Map<String, String> ids = new HashMap<>();
        chars.allTexts().forEach((codePoints, name) -> {
            String id = ConceptTable.id(codePoints);
            ids.merge(name, id, (known, other) -> concepts.concept(known) != null ? known : other);
        });
        return ids;
    }

    private static Map<String, List<String>> aliasesByName(JsonFields set) throws JsonException {
        Map<String, List<String>> aliases = new HashMap<>();
        if (set.has("aliases")) {
            JsonFields all = set.object("aliases");
            for (String alias : all.names()) {
                String parent = all.object(alias).text("parent");
                aliases.computeIfAbsent(parent, name -> new ArrayList<>()).add(alias);
            }
        }
        return aliases;
    }

    private static String svg(JsonFields set, JsonFields icon) throws JsonException {
        double width = number("width", icon, set, DEFAULT_ICON_SIDE);
        double height = number("height", icon, set, DEFAULT_ICON_SIDE);
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\""
                + number("left", icon, set, 0) + " " + number("top", icon, set, 0) + " " + width + " " + height + "\">"
                + icon.text("body") + "</svg>";
    }

    private static double number(String key, JsonFields icon, JsonFields set, double otherwise) throws JsonException {
        JsonFields holder = icon.has(key) ? icon : set;
        return holder.has(key) ? holder.number(key) : otherwise;
    }

    /** The concept of these code points, or null, counted, if there is none. */
    private @Nullable Concept concept(@Nullable String id) {
        Concept concept = id == null ? null : concepts.concept(id);
        if (concept == null) {
            if (id != null && concepts.isOtherTone(id)) {
                otherTones++;
            } else {
                unmatched++;
            }
        }
        return concept;
    }

    /** In the order of the package. */
    List<Drawing> drawings() {
        return List.copyOf(drawings);
    }

    /** Left out: withdrawn from the set by its makers. */
    int hidden() {
        return hidden;
    }

    /** Left out: another skin tone than the default. */
    int otherTones() {
        return otherTones;
    }

    /** Left out: no known concept. */
    int unmatched() {
        return unmatched;
    }
}
