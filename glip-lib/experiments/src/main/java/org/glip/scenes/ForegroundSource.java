package org.glip.scenes;

import java.util.List;

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
 */
record ForegroundSource(
        String style, String packageName, Format format, String title, String author, String licence, String project) {
    /** How a package is laid out. */
    enum Format {
        /** An iconify set: {@code icons.json} with SVG bodies by name, {@code chars.json} with names by code point. */
        ICONIFY,
        /** {@code assets/CODEPOINTS.webp}. */
        WEBP_BY_CODE_POINT,
        /** {@code color/svg/CODEPOINTS.svg}. */
        SVG_BY_CODE_POINT
    }

    /** The style that no training picture shows. */
    static final String HELD_OUT_STYLE = "openmoji";

    /** The package with labels, tags and groups. */
    static final String LABELS_PACKAGE = "emojibase-data";

    /** All styles; the order is part of the result. */
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
                    "https://github.com/microsoft/fluentui-emoji"),
            new ForegroundSource(
                    HELD_OUT_STYLE,
                    "openmoji",
                    Format.SVG_BY_CODE_POINT,
                    "OpenMoji",
                    "OpenMoji authors (HfG Schwäbisch Gmünd and contributors)",
                    "CC-BY-SA-4.0",
                    "https://github.com/hfg-gmuend/openmoji"));

    private static ForegroundSource iconify(String set, String title, String author, String licence, String project) {
        return new ForegroundSource(set, "@iconify-json/" + set, Format.ICONIFY, title, author, licence, project);
    }

    boolean heldOut() {
        return style.equals(HELD_OUT_STYLE);
    }
}
