package org.glip.scenes;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The landscape photographs that the library carries with it, as they are, for looking at; 240 x 120 pixels. */
public final class LandscapePhotographs {
    private LandscapePhotographs() {}

    /**
     * Returns photographs by their names in {@code data-scripts/backgrounds/backgrounds.tsv}, which tells whose they
     * are.
     *
     * @param files names such as {@code mountain0.jpg}
     * @return the photographs, in this order
     * @throws IOException if there is no photograph of a name
     */
    public static List<BufferedImage> read(List<String> files) throws IOException {
        Map<String, BufferedImage> found = new HashMap<>();
        try (InputStream tiles = ScenesResources.open(Backgrounds.TILES)) {
            ArchiveReader.read(
                    tiles,
                    Backgrounds.TILES,
                    files::contains,
                    (name, content) -> found.put(
                            name, ArgbImage.decode(content, name).toBufferedImage(BufferedImage.TYPE_INT_RGB)));
        }
        List<BufferedImage> photographs = new ArrayList<>();
        for (String file : files) {
            BufferedImage photograph = found.get(file);
            if (photograph == null) {
                throw new IOException("There is no landscape photograph \"" + file + "\"; see " + Backgrounds.TABLE);
            }
            photographs.add(photograph);
        }
        return photographs;
    }
}
