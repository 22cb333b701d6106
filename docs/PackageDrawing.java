import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Draws docs/packages.svg from what the package-info files say: each package above all that it may depend on, so that
 * every arrow points down. An arrow is left out where a longer way shows it. Run from the root of the checkout:
 *
 *     java docs/PackageDrawing.java           writes the drawing
 *     java docs/PackageDrawing.java --check   fails if the drawing is another
 */
class PackageDrawing {
    private static final Path DRAWING = Path.of("docs/packages.svg");
    private static final String ROOT = "root";

    /** From the bottom to the top; a package of a module stands above all of the module below. */
    private static final List<Module> MODULES = List.of(
            new Module(
                    "glip-lib/core",
                    "glip-core",
                    "DJL, Gson, ICU, Commons, image codecs, slf4j-api",
                    "#eaf2fb",
                    "#2b6cb0"),
            new Module("glip-lib/ranks", "glip-ranks", "an opener of process groups", "#f3effa", "#6b46c1"),
            new Module("glip-lib/parquet", "glip-parquet", "Parquet's columns", "#e8f7f7", "#2c7a7b"),
            new Module("glip-lib/experiments", "glip-experiments", "Tablesaw, XChart, jsvg", "#fdf3e4", "#b7791f"),
            new Module("glip-lib/cli", "glip-cli", "picocli, progress bar, a logger", "#eef7ee", "#2f855a"));

    private static final int WIDTH = 1060;
    private static final int BOX_WIDTH = 112;
    private static final int BOX_HEIGHT = 32;
    private static final int LAYER = 76;
    private static final int HEADING = 34;
    private static final String FONT = " font-family=\"sans-serif\" font-size=\"13\"";

    private record Module(String folder, String name, String brings, String fill, String line) {}

    private final Map<String, Set<String>> uses = new TreeMap<>();
    private final Map<String, Integer> moduleOf = new TreeMap<>();
    private final Map<String, Integer> layerOf = new TreeMap<>();

    public static void main(String[] arguments) throws IOException {
        PackageDrawing drawing = new PackageDrawing();
        drawing.read();
        String svg = drawing.draw();
        if (List.of(arguments).equals(List.of("--check"))) {
            if (!svg.equals(Files.readString(DRAWING))) {
                System.err.println(
                        DRAWING + " is not what the package-info files say; run: java docs/PackageDrawing.java");
                System.exit(1);
            }
        } else {
            Files.writeString(DRAWING, svg);
        }
    }

    private void read() throws IOException {
        for (int module = 0; module < MODULES.size(); module++) {
            Path sources = Path.of(MODULES.get(module).folder(), "src/main/java/org/glip");
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path info : files.filter(file -> file.endsWith("package-info.java")).sorted().toList()) {
                    String name = sources.relativize(info.getParent()).toString().replace('\\', '/').replace('/', '.');
                    name = name.isEmpty() ? ROOT : name;
                    uses.put(name, mayDependOn(info));
                    moduleOf.put(name, module);
                }
            }
        }
        int lowest = 0;
        for (int module = 0; module < MODULES.size(); module++) {
            for (String name : uses.keySet()) {
                if (moduleOf.get(name) == module) {
                    layer(name, lowest, new ArrayList<>());
                }
            }
            lowest = 1 + layerOf.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
        }
    }

    private static Set<String> mayDependOn(Path info) throws IOException {
        String words = Files.readString(info).replaceAll("\\s+\\*?\\s*", " ");
        Matcher sentence = Pattern.compile("<p>May depend on: (.*?)\\. \\*?/").matcher(words);
        if (!sentence.find()) {
            throw new IOException(info + " does not say what the package may depend on");
        }
        return Pattern.compile("\\{@code ([\\w.]+)}").matcher(sentence.group(1)).results()
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** One above the highest package that it uses, and no lower than its module begins. */
    private int layer(String name, int lowest, List<String> way) {
        if (way.contains(name)) {
            throw new IllegalStateException("these packages depend on each other: " + way);
        }
        Integer known = layerOf.get(name);
        if (known != null) {
            return known;
        }
        way.add(name);
        int layer = lowest;
        for (String used : uses.get(name)) {
            if (moduleOf.get(used) > moduleOf.get(name)) {
                throw new IllegalStateException(name + " may not use " + used + ", which is of a module above its own");
            }
            layer = Math.max(layer, 1 + layer(used, lowest, way));
        }
        way.remove(name);
        layerOf.put(name, layer);
        return layer;
    }

    /** What a package uses, less what it uses by way of another. */
    private Set<String> shown(String name) {
        Set<String> shown = new TreeSet<>(uses.get(name));
        for (String used : uses.get(name)) {
            shown.removeAll(reached(used));
        }
        return shown;
    }

    private Set<String> reached(String name) {
        Set<String> reached = new TreeSet<>();
        for (String used : uses.get(name)) {
            reached.add(used);
            reached.addAll(reached(used));
        }
        return reached;
    }

    /** An arrow by the names of the points that it passes, from its user down; those between have no box. */
    private record Arrow(String user, String used, List<String> points) {}

    private List<Arrow> arrows() {
        List<Arrow> arrows = new ArrayList<>();
        for (String user : uses.keySet()) {
            for (String used : shown(user)) {
                List<String> points = new ArrayList<>(List.of(user));
                for (int layer = layerOf.get(user) - 1; layer > layerOf.get(used); layer--) {
                    points.add(user + " to " + used + " at " + layer);
                }
                points.add(used);
                arrows.add(new Arrow(user, used, points));
            }
        }
        return arrows;
    }

    /** By name, the middle of each box and of each point that an arrow passes, near the middle of its neighbours. */
    private Map<String, Double> places(List<Arrow> arrows) {
        List<List<String>> order = new ArrayList<>();
        for (int layer = 0; layer < layers(); layer++) {
            int here = layer;
            List<String> names = new ArrayList<>(
                    layerOf.keySet().stream().filter(name -> layerOf.get(name) == here).toList());
            arrows.stream()
                    .flatMap(arrow -> arrow.points().stream())
                    .filter(point -> point.endsWith(" at " + here))
                    .forEach(names::add);
            order.add(names);
        }
        Map<String, Set<String>> neighbours = new TreeMap<>();
        for (Arrow arrow : arrows) {
            for (int i = 1; i < arrow.points().size(); i++) {
                String above = arrow.points().get(i - 1);
                String below = arrow.points().get(i);
                neighbours.computeIfAbsent(above, none -> new TreeSet<>()).add(below);
                neighbours.computeIfAbsent(below, none -> new TreeSet<>()).add(above);
            }
        }
        Map<String, Double> place = new LinkedHashMap<>();
        order.forEach(names -> spread(names, place));
        for (int pass = 0; pass < 24; pass++) {
            for (List<String> names : order) {
                Map<String, Double> wanted = new LinkedHashMap<>();
                for (String name : names) {
                    wanted.put(name, neighbours.getOrDefault(name, Set.of()).stream()
                            .mapToDouble(place::get).average().orElse(place.get(name)));
                }
                names.sort(Comparator.comparingDouble((String name) -> wanted.get(name)).thenComparing(name -> name));
                spread(names, place);
            }
        }
        return place;
    }

    /** Puts the names of a layer side by side; a point that an arrow passes needs less room than a box. */
    private void spread(List<String> names, Map<String, Double> place) {
        double total = names.stream().mapToDouble(this::room).sum();
        double x = 30;
        for (String name : names) {
            double room = (WIDTH - 60) * room(name) / total;
            place.put(name, x + room / 2);
            x += room;
        }
    }

    private double room(String name) {
        return layerOf.containsKey(name) ? 1 : 0.3;
    }

    private int layers() {
        return 1 + layerOf.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private String draw() {
        List<Arrow> arrows = arrows();
        Map<String, Double> places = places(arrows);
        int height = layers() * LAYER + MODULES.size() * HEADING + 20;
        StringBuilder svg = new StringBuilder();
        line(svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\"" + FONT + ">", WIDTH, height);
        line(svg, "<title>Modules and packages; an arrow leads from a package to one that it may use</title>");
        line(svg, "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\""
                + " markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">"
                + "<path d=\"M0 0L8 4L0 8z\" fill=\"#777\"/></marker></defs>");
        line(svg, "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, height);
        for (int m = MODULES.size() - 1; m >= 0; m--) {
            Module module = MODULES.get(m);
            int top = top(m);
            int bottom = m == 0 ? height - 10 : top(m - 1) - 8;
            line(svg, "<rect x=\"10\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\" fill=\"%s\"/>",
                    top, WIDTH - 20, bottom - top, module.fill());
            line(svg, "<text x=\"24\" y=\"%d\" fill=\"%s\"><tspan font-weight=\"bold\">%s</tspan>: %s</text>",
                    top + 20, module.line(), module.name(), module.brings());
        }
        for (Arrow arrow : arrows) {
            draw(svg, arrow, places);
        }
        for (String name : uses.keySet()) {
            String colour = MODULES.get(moduleOf.get(name)).line();
            int y = y(layerOf.get(name));
            line(svg, "<rect x=\"%.0f\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"5\" fill=\"white\" stroke=\"%s\"/>",
                    places.get(name) - BOX_WIDTH / 2.0, y, BOX_WIDTH, BOX_HEIGHT, colour);
            line(svg, "<text x=\"%.0f\" y=\"%d\" text-anchor=\"middle\">%s</text>", places.get(name), y + 21, name);
        }
        line(svg, "</svg>");
        return svg.toString();
    }

    private void draw(StringBuilder svg, Arrow arrow, Map<String, Double> places) {
        int layer = layerOf.get(arrow.user());
        int y = y(layer) + BOX_HEIGHT;
        double x = places.get(arrow.user());
        StringBuilder path = new StringBuilder(String.format(Locale.ROOT, "M%.0f %d", x, y));
        for (String point : arrow.points().subList(1, arrow.points().size())) {
            layer--;
            boolean isEnd = point.equals(arrow.used());
            int to = isEnd ? y(layer) - 1 : y(layer) + BOX_HEIGHT / 2;
            if (to <= y) {
                throw new IllegalStateException("the arrow " + arrow + " would lead upwards");
            }
            double bend = (to - y) / 2.0;
            double next = places.get(point);
            path.append(String.format(
                    Locale.ROOT, "C%.0f %.0f %.0f %.0f %.0f %d", x, y + bend, next, to - bend, next, to));
            x = next;
            y = to;
        }
        line(svg, "<path d=\"%s\" fill=\"none\" stroke=\"#999\" marker-end=\"url(#tip)\"/>", path);
    }

    /** Upper edge of a module's area: above it stand the layers and headings of the modules above. */
    private int top(int module) {
        int layersAbove = (int) layerOf.entrySet().stream()
                .filter(entry -> moduleOf.get(entry.getKey()) > module)
                .map(Map.Entry::getValue).distinct().count();
        return 10 + layersAbove * LAYER + (MODULES.size() - 1 - module) * HEADING;
    }

    /** Upper edge of the boxes of a layer. */
    private int y(int layer) {
        int module = layerOf.entrySet().stream()
                .filter(entry -> entry.getValue() == layer)
                .mapToInt(entry -> moduleOf.get(entry.getKey())).findFirst().orElseThrow();
        int highest = layerOf.entrySet().stream()
                .filter(entry -> moduleOf.get(entry.getKey()) == module)
                .mapToInt(Map.Entry::getValue).max().orElseThrow();
        return top(module) + HEADING + (highest - layer) * LAYER + (LAYER - BOX_HEIGHT) / 2 - 6;
    }

    private static void line(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
