package org.glip.image;

import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOException;

/**
 * What a JPEG's markers say before the first scan, and how many scans there are.
 *
 * @param width pixels in a row
 * @param height rows
 * @param components colour components, in the order of the frame header
 * @param colours how the components encode colour
 * @param profileMarkers where in the file the marker codes of colour profile segments stand
 * @param scans how many times a decoder goes over the picture, at least 1
 */
record JpegHeader(
        int width, int height, List<Component> components, Colours colours, List<Integer> profileMarkers, int scans) {
    /** A component's identifier and sampling factors. */
    record Component(int id, int horizontal, int vertical) {}

    /** The encodings that PIL reads. */
    enum Colours {
        GREY,
        RGB,
        YCBCR,
        CMYK,
        YCCK
    }

    private static final int END_OF_IMAGE = 0xD9;
    private static final int START_OF_SCAN = 0xDA;
    private static final int APP0 = 0xE0;
    private static final int APP2 = 0xE2;
    private static final int APP14 = 0xEE;

    /**
     * Reads the markers up to the first scan; where others can follow, looks for theirs.
     *
     * @param file the file, beginning with the start-of-image marker
     * @return its header
     * @throws IIOException if the file ends first or has no frame header
     */
    static JpegHeader parse(byte[] file) throws IIOException {
        return new Parser(file).parse();
    }

    /** Whether the chroma planes have full width and half height (4:4:0). */
    boolean hasHalfHeightChroma() {
        if (colours != Colours.YCBCR) {
            return false;
        }
        Component luma = components.get(0);
        return components.stream()
                .skip(1)
                .allMatch(c -> c.horizontal == luma.horizontal && 2 * c.vertical == luma.vertical);
    }

    private static final class Parser {
        private final byte[] file;
        private boolean jfif;
        private int adobeTransform = -1;
        private int width;
        private int height;
        private boolean progressive;
        private List<Component> components = List.of();
        private final List<Integer> profileMarkers = new ArrayList<>();

        Parser(byte[] file) {
            this.file = file;
        }

        JpegHeader parse() throws IIOException {
            int at = 2;
            while (true) {
                while (unsigned(at) != 0xFF) {
                    at++;
                }
                while (unsigned(at) == 0xFF) {
                    at++;
                }
                int marker = unsigned(at++);
                if (marker == 0 || marker == 1 || marker >= 0xD0 && marker <= 0xD8) {
                    continue; // a stuffed byte, or a marker without a segment
                }
                if (marker == START_OF_SCAN) {
                    break;
                }
                readSegment(marker, at + 2);
                at += Math.max(2, unsignedShort(at));
            }
            if (components.isEmpty()) {
                throw new IIOException("it has no frame header before its first scan");
            }
            return new JpegHeader(width, height, components, colours(), List.copyOf(profileMarkers), scans(at));
        }

        /** The scans from the first on; a file that ends among them is for the reader to refuse. */
        private int scans(int first) throws IIOException {
            if (!progressive && unsigned(first + 2) == components.size()) {
                return 1; // the first scan holds all, and libjpeg refuses another
            }
            int scans = 1;
            int at = first + unsignedShort(first);
            while (at + 3 < file.length) {
                int marker = file[at + 1] & 0xFF;
                boolean data = file[at] != (byte) 0xFF || marker == 0 || marker == 0xFF;
                if (data || marker == 1 || marker >= 0xD0 && marker <= 0xD8) {
                    at++; // coded data, a stuffed byte, or a marker without a segment
                    continue;
                }
                if (marker == END_OF_IMAGE) {
                    break;
                }
                scans += marker == START_OF_SCAN ? 1 : 0;
                at += 2 + Math.max(2, unsignedShort(at + 2));
            }
            return scans;
        }

        private void readSegment(int marker, int at) throws IIOException {
            if (marker == APP0 && hasAt(at, "JFIF\0")) {
                jfif = true;
            } else if (marker == APP14 && hasAt(at, "Adobe")) {
                adobeTransform = unsigned(at + 11);
            } else if (marker == APP2 && hasAt(at, "ICC_PROFILE\0")) {
                profileMarkers.add(at - 3);
            } else if (isStartOfFrame(marker) && components.isEmpty()) {
                progressive = (marker & 3) == 2;
                readFrame(at);
            }
        }

        /** 0xC0 to 0xCF are frame headers, but for Huffman tables, a reserved code and arithmetic conditioning. */
        private static boolean isStartOfFrame(int marker) {
            return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        }

        private void readFrame(int at) throws IIOException {
            height = unsignedShort(at + 1);
            width = unsignedShort(at + 3);
            List<Component> found = new ArrayList<>();
            for (int i = 0, from = at + 6; i < unsigned(at + 5); i++, from += 3) {
                int factors = unsigned(from + 1);
                found.add(new Component(unsigned(from), factors >> 4, factors & 15));
            }
            components = List.copyOf(found);
        }

        /** The choice of libjpeg, which PIL follows. */
        private Colours colours() throws IIOException {
            return switch (components.size()) {
                case 1 -> Colours.GREY;
                case 3 -> isRgb() ? Colours.RGB : Colours.YCBCR;
                case 4 -> adobeTransform == 2 ? Colours.YCCK : Colours.CMYK;
                default ->
                    throw new IIOException(
                            "it has " + components.size() + " colour components; 1, 3 or 4 are understood");
            };
        }

        private boolean isRgb() {
            if (jfif) {
                return false;
            }
            if (adobeTransform >= 0) {
                return adobeTransform == 0;
            }
            return components.get(0).id == 'R' && components.get(1).id == 'G' && components.get(2).id == 'B';
        }

        private boolean hasAt(int at, String ascii) throws IIOException {
            for (int i = 0; i < ascii.length(); i++) {
                if (unsigned(at + i) != ascii.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        private int unsigned(int at) throws IIOException {
            if (at >= file.length) {
                throw new IIOException("the file is truncated: it ends within its header");
            }
            return file[at] & 0xFF;
        }

        private int unsignedShort(int at) throws IIOException {
            return unsigned(at) << 8 | unsigned(at + 1);
        }
    }
}
