package org.glip.scenes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A drawing style: one package of drawings in one hand.
 *
 * @param style its name in Scenes
 * @param packageName the package that holds it
 * @param format how the package is laid out
 * @param title the work's own name
 * @param author who is to be credited
 * @param licence SPDX identifier
 * @param project where the work is published
 * @param hand whose drawings they are: styles of one hand show the same drawings, shaded, flat or as outlines
 * @param since the first version of Scenes that shows it
 */
record ForegroundSource(
        String style,
        String packageName,
        Format format,
        String title,
        String author,
        String licence,
        String project,
        String hand,
        ScenesVersion since) {
    /** How a package is laid out. */
    enum Format {
        /** An iconify set: {@code icons.json} with SVG bodies by name, {@code chars.json} with names by code point. */
        ICONIFY,
        /** {@code assets/CODEPOINTS.webp}. */
        WEBP_BY_CODE_POINT,
        /** {@code color/svg/CODEPOINTS.svg}. */
        SVG_BY_CODE_POINT,
        /** As {@link #ICONIFY}, of one colour, which is left to whoever shows it. */
        ONE_COLOUR_ICONIFY,
        /** A TrueType font: outlines by code point, without a colour. */
        FONT;

        /** Whether the drawings have no colour of their own. */
        boolean colourless() {
            return this == ONE_COLOUR_ICONIFY || this == FONT;
        }
    }

    /** The style that no training picture shows. */
    static final String HELD_OUT_STYLE = "openmoji";

    /** The package with labels, tags and groups. */
    static final String LABELS_PACKAGE = "emojibase-data";

    private static final String EMOJI_TWO = "https://github.com/EmojiTwo/emojitwo";

    /** All styles of all versions; the order is part of the result. */
    static final List<ForegroundSource> ALL = List.of(
            iconify("noto", "Noto Emoji", "Google Inc", "Apache-2.0", "https://github.com/googlefonts/noto-emoji"),
            iconify(
                    "noto-v1",
                    "Noto Emoji (v1)",
                    "Google Inc",
                    "Apache-2.0",
                    "https://github.com/googlefonts/noto-emoji"),
            iconify("fxemoji", "Firefox OS Emoji", "Mozilla", "Apache-2.0", "https://github.com/mozilla/fxemoji"),
            iconify(
                    "fluent-emoji-flat",
                    "Fluent Emoji (flat)",
                    "Microsoft Corporation",
                    "MIT",
                    "https://github.com/microsoft/fluentui-emoji"),
            iconify(
                    "twemoji",
                    "Twemoji",
                    "Twitter, Inc and other contributors",
                    "CC-BY-4.0",
                    "https://github.com/jdecked/twemoji"),
            iconify(
                    "streamline-emojis",
                    "Streamline Emojis",
                    "Streamline",
                    "CC-BY-4.0",
                    "https://github.com/webalys-hq/streamline-vectors"),
            iconify(
                    "emojione-v1",
                    "Emoji One (v1)",
                    "Emoji One",
                    "CC-BY-SA-4.0",
                    "https://github.com/joypixels/emojione-legacy"),
            new ForegroundSource(
                    "fluent-emoji-3d",
                    "@lobehub/fluent-emoji-3d",
                    Format.WEBP_BY_CODE_POINT,
                    "Fluent Emoji (3D), as packaged by LobeHub",
                    "Microsoft Corporation",
                    "MIT",
                    "https://github.com/microsoft/fluentui-emoji",
                    "fluent-emoji",
                    ScenesVersion.V1),
            new ForegroundSource(
                    HELD_OUT_STYLE,
                    "openmoji",
                    Format.SVG_BY_CODE_POINT,
                    "OpenMoji",
                    "OpenMoji authors (HfG Schwäbisch Gmünd and contributors)",
                    "CC-BY-SA-4.0",
                    "https://github.com/hfg-gmuend/openmoji",
                    HELD_OUT_STYLE,
                    ScenesVersion.V1),
            new ForegroundSource(
                    "emojione",
                    "@iconify-json/emojione",
                    Format.ICONIFY,
                    "Emoji One (2.3), as EmojiTwo",
                    "Emoji One",
                    "CC-BY-4.0",
                    EMOJI_TWO,
                    "emojione",
                    ScenesVersion.V2),
            new ForegroundSource(
                    "emojione-monotone",
                    "@iconify-json/emojione-monotone",
                    Format.ONE_COLOUR_ICONIFY,
                    "Emoji One (Monotone)",
                    "Emoji One",
                    "CC-BY-4.0",
                    EMOJI_TWO,
                    "emojione",
                    ScenesVersion.V2),
            new ForegroundSource(
                    "fluent-emoji-high-contrast",
                    "@iconify-json/fluent-emoji-high-contrast",
                    Format.ONE_COLOUR_ICONIFY,
                    "Fluent Emoji High Contrast",
                    "Microsoft Corporation",
                    "MIT",
                    "https://github.com/microsoft/fluentui-emoji",
                    "fluent-emoji",
                    ScenesVersion.V2),
            new ForegroundSource(
                    "noto-emoji-font",
                    "@expo-google-fonts/noto-emoji",
                    Format.FONT,
                    "Noto Emoji (font)",
                    "The Noto Project Authors",
                    "OFL-1.1",
                    "https://github.com/googlefonts/noto-emoji",
                    "noto",
                    ScenesVersion.V2));

    private static final Map<String, ForegroundSource> BY_STYLE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(ForegroundSource::style, source -> source));

    private static ForegroundSource iconify(String set, String title, String author, String licence, String project) {
        return new ForegroundSource(
                set,
                "@iconify-json/" + set,
                Format.ICONIFY,
                title,
                author,
                licence,
                project,
                set.equals("fluent-emoji-flat") ? "fluent-emoji" : set,
                ScenesVersion.V1);
    }

    /** The styles that a version shows. */
    static List<ForegroundSource> of(ScenesVersion version) {
        return ALL.stream()
                .filter(source -> source.since.compareTo(version) <= 0)
                .toList();
    }

    /** The style's source. */
    static ForegroundSource of(String style) {
        ForegroundSource source = BY_STYLE.get(style);
        if (source == null) {
            throw new IllegalArgumentException("no drawing style \"" + style + "\" in Scenes");
        }
        return source;
    }

    /** Whether the drawings of this style have no colour of their own. */
    static boolean isColourless(String style) {
        return of(style).format.colourless();
    }

    /** The packages that a version is made from: its styles', and that of the labels. */
    static Set<String> packages(ScenesVersion version) {
        return Stream.concat(of(version).stream().map(ForegroundSource::packageName), Stream.of(LABELS_PACKAGE))
                .collect(Collectors.toUnmodifiableSet());
    }
}
