import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/**
 * Shrinks the landscape photographs of a package three times in each direction and writes who made each of them.
 *
 * <p>{@code java MakeBackgrounds.java PHOTOGRAPHS COPYRIGHT TILES TABLE}: a folder of JPEG files, the package's
 * copyright file (machine-readable Debian format), the folder for the tiles, the file for the table.
 */
public class MakeBackgrounds {
    private static final int SHRINK = 3;
    private static final float QUALITY = 0.8f;

    /** One paragraph of the copyright file. */
    record Rights(List<Pattern> files, String copyright, String licence) {}

    public static void main(String[] arguments) throws IOException {
        Path photographs = Path.of(arguments[0]);
        List<Rights> rights = readRights(Path.of(arguments[1]));
        Path tiles = Path.of(arguments[2]);
        List<String> rows = new ArrayList<>();
        rows.add("file\tsource\tcopyright\tlicence");
        List<Path> files;
        try (Stream<Path> listing = Files.list(photographs)) {
            files = listing.sorted().toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            writeJpeg(shrink(ImageIO.read(file.toFile())), tiles.resolve(name));
            Rights holder = holder(rights, "images/land/" + name);
            rows.add(name + "\timages/land/" + name + "\t" + holder.copyright() + "\t" + holder.licence());
        }
        Files.write(Path.of(arguments[3]), rows);
    }

    /**
     * The last paragraph that matches a file holds, as the format says; but a contributor named in the file name goes
     * first.
     */
    private static Rights holder(List<Rights> rights, String file) {
        return rights.stream()
                .filter(r -> r.files().stream().anyMatch(p -> p.matcher(file).matches()))
                .max(Comparator.comparing((Rights r) ->
                                r.files().stream().anyMatch(p -> p.pattern().contains(".*-")))
                        .thenComparing(rights::indexOf))
                .orElseThrow(() -> new IllegalStateException("no licence is given for " + file));
    }

    private static List<Rights> readRights(Path copyright) throws IOException {
        List<Rights> rights = new ArrayList<>();
        for (String paragraph : Files.readString(copyright).split("\n\\s*\n")) {
            TreeMap<String, String> fields = new TreeMap<>();
            String field = "";
            for (String line : paragraph.split("\n")) {
                if (line.startsWith(" ")) {
                    fields.merge(field, line, (a, b) -> a + "\n" + b);
                } else {
                    field = line.substring(0, line.indexOf(':'));
                    fields.put(field, line.substring(line.indexOf(':') + 1));
                }
            }
            if (fields.containsKey("Files")) {
                // A file name may hold spaces ("?" stands for one), so that white space always parts two patterns.
                List<Pattern> patterns = Stream.of(fields.get("Files").strip().split("\\s+"))
                        .map(MakeBackgrounds::pattern)
                        .toList();
                String licence = fields.get("License").strip();
                rights.add(new Rights(
                        patterns,
                        (fields.get("Copyright").strip() + site(licence)).replaceAll("\\s+", " "),
                        licence.lines().findFirst().orElseThrow()));
            }
        }
        return rights;
    }

    /** A glob as a pattern. "mountain1*" is meant for mountain1.jpg, not for mountain10-someone.jpg. */
    private static Pattern pattern(String glob) {
        String literal = glob.replace(".", "\\.").replace("?", ".");
        return Pattern.compile(literal.replaceAll("(\\d)\\*", "$1(?!\\\\d)*").replace("*", ".*"));
    }

    /** The site that a public-domain paragraph says its pictures come from. */
    private static String site(String licence) {
        var taken = Pattern.compile("Taken from ([\\w.-]+),").matcher(licence);
        return taken.find() ? " (" + taken.group(1) + ")" : "";
    }

    /** Means of SHRINK x SHRINK squares. */
    private static BufferedImage shrink(BufferedImage image) {
        int width = image.getWidth() / SHRINK;
        int height = image.getHeight() / SHRINK;
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int red = 0;
                int green = 0;
                int blue = 0;
                for (int i = 0; i < SHRINK * SHRINK; i++) {
                    int rgb = image.getRGB(x * SHRINK + i % SHRINK, y * SHRINK + i / SHRINK);
                    red += rgb >> 16 & 255;
                    green += rgb >> 8 & 255;
                    blue += rgb & 255;
                }
                int n = SHRINK * SHRINK;
                int half = n / 2;
                small.setRGB(x, y, (red + half) / n << 16 | (green + half) / n << 8 | (blue + half) / n);
            }
        }
        return small;
    }

    /** Full chroma resolution (4:4:4): then every decoder gives the same pixels, having nothing to interpolate. */
    private static void writeJpeg(BufferedImage image, Path file) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(file.toFile())) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), parameters);
            String format = "javax_imageio_jpeg_image_1.0";
            IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(format);
            var components = root.getElementsByTagName("componentSpec");
            for (int i = 0; i < components.getLength(); i++) {
                IIOMetadataNode component = (IIOMetadataNode) components.item(i);
                component.setAttribute("HsamplingFactor", "1");
                component.setAttribute("VsamplingFactor", "1");
            }
            metadata.setFromTree(format, root);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, metadata), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        } finally {
            writer.dispose();
        }
    }
}
