package org.glip.report;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.glip.mask.Mask;
import org.glip.mask.MaskSampler;
import org.glip.mask.PatchGrid;

/** Pictures of masks: the patches that are dropped are grey. */
public final class MaskPictures {
    private static final int TILE_SIDE = 168;

    private MaskPictures() {}

    /**
     * Returns a copy of a picture with all patches grey that are not kept.
     *
     * @param picture a square picture; the patches need not fit its pixels
     * @param grid how it is cut into patches
     * @param kept indices (row * side + column) of the patches that stay
     * @return the picture
     * @throws IllegalArgumentException if the picture is not square or smaller than the grid, or a patch is not in the
     *     grid
     */
    public static BufferedImage masked(BufferedImage picture, PatchGrid grid, int[] kept) {
        int size = picture.getWidth();
        if (size != picture.getHeight() || size < grid.side()) {
            throw new IllegalArgumentException("A picture of " + size + " x " + picture.getHeight() + " px cannot show "
                    + grid + "; it must be square, with a pixel for each patch at least");
        }
        boolean[] isKept = new boolean[grid.patches()];
        for (int patch : kept) {
            if (patch < 0 || patch >= isKept.length) {
                throw new IllegalArgumentException("Patch " + patch + " is not in a grid of " + grid);
            }
            isKept[patch] = true;
        }
        BufferedImage result = Canvas.square(picture, size);
        Graphics2D graphics = result.createGraphics();
        graphics.setColor(Palette.MASKED_PATCH);
        for (int patch = 0; patch < isKept.length; patch++) {
            if (!isKept[patch]) {
                int left = patch % grid.side() * size / grid.side();
                int right = (patch % grid.side() + 1) * size / grid.side();
                int top = patch / grid.side() * size / grid.side();
                int bottom = (patch / grid.side() + 1) * size / grid.side();
                graphics.fillRect(left, top, right - left, bottom - top);
            }
        }
        graphics.dispose();
        return result;
    }

    /**
     * Returns pictures under several masks: a row for each picture, first the picture itself, then one draw of each
     * mask. All masks of a row see the same uniform noise, so what differs between them is the mask alone.
     *
     * @param pictures the pictures, at least one; their centre squares are shown
     * @param masks column headings and masks, in order
     * @param seed run seed of the draws; picture i is sample i of step 0
     * @return the picture
     */
    public static BufferedImage compare(List<BufferedImage> pictures, Map<String, MaskSampler> masks, long seed) {
        List<String> headings = new ArrayList<>(List.of("image"));
        headings.addAll(masks.keySet());
        List<PictureSheet.Tile> tiles = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            BufferedImage square = Canvas.square(pictures.get(i), TILE_SIDE);
            tiles.add(new PictureSheet.Tile(square, List.of()));
            for (MaskSampler mask : masks.values()) {
                BufferedImage masked = masked(square, mask.grid(), mask.sample(seed, 0, i));
                tiles.add(new PictureSheet.Tile(masked, List.of()));
            }
        }
        return new PictureSheet(tiles, headings.size(), TILE_SIDE, headings).draw();
    }

    /**
     * Returns the paper's Figure 1: each picture with a random mask and with a centred one.
     *
     * @param pictures square pictures
     * @param grid how they are cut into patches
     * @param ratio share of the patches that is dropped, in [0, 1)
     * @param sigma the centred mask's sigma, a variance
     * @param seed of the noise
     * @return the picture
     */
    public static BufferedImage figure1(
            List<BufferedImage> pictures, PatchGrid grid, double ratio, double sigma, long seed) {
        Map<String, MaskSampler> masks = new LinkedHashMap<>();
        masks.put("random", Mask.random(ratio).on(grid));
        masks.put("centred", Mask.gaussian(ratio, sigma).on(grid));
        return compare(pictures, masks, seed);
    }

    /**
     * Returns the paper's Figure 3: random mask and Gaussian masks of growing sigma.
     *
     * @param pictures square pictures
     * @param grid how they are cut into patches
     * @param ratio share of the patches that is dropped, in [0, 1)
     * @param sigmas the Gaussian masks' sigmas (variances); the paper shows 0.1, 0.2 and 0.8
     * @param seed of the noise
     * @return the picture
     */
    public static BufferedImage figure3(
            List<BufferedImage> pictures, PatchGrid grid, double ratio, double[] sigmas, long seed) {
        Map<String, MaskSampler> masks = new LinkedHashMap<>();
        masks.put("random", Mask.random(ratio).on(grid));
        Arrays.stream(sigmas)
                .forEach(sigma -> masks.put(
                        "Gaussian, σ = " + sigma, Mask.gaussian(ratio, sigma).on(grid)));
        return compare(pictures, masks, seed);
    }

    /**
     * Returns one picture at several masking ratios: a row for each ratio, a column for the random mask and for each
     * sigma. All masks of a column and row see the same uniform noise.
     *
     * @param picture the picture; its centre square is shown
     * @param grid how they are cut into patches
     * @param ratios shares of the patches that are dropped, in [0, 1)
     * @param sigmas the Gaussian masks' sigmas (variances)
     * @param seed of the noise
     * @return the picture
     */
    public static BufferedImage byRatio(
            BufferedImage picture, PatchGrid grid, double[] ratios, double[] sigmas, long seed) {
        List<String> headings = new ArrayList<>(List.of("random"));
        Arrays.stream(sigmas).forEach(sigma -> headings.add("Gaussian, σ = " + sigma));
        BufferedImage square = Canvas.square(picture, TILE_SIDE);
        List<PictureSheet.Tile> tiles = new ArrayList<>();
        for (double ratio : ratios) {
            List<MaskSampler> masks = new ArrayList<>(List.of(Mask.random(ratio).on(grid)));
            Arrays.stream(sigmas)
                    .forEach(sigma -> masks.add(Mask.gaussian(ratio, sigma).on(grid)));
            for (MaskSampler mask : masks) {
                String percent = Mask.random(ratio).percent();
                String caption = percent + " masked: " + mask.kept() + " of " + grid.patches();
                tiles.add(new PictureSheet.Tile(
                        masked(square, grid, mask.sample(seed, 0, 0)), List.of(PictureSheet.Caption.plain(caption))));
            }
        }
        return new PictureSheet(tiles, headings.size(), TILE_SIDE, headings).draw();
    }
}
