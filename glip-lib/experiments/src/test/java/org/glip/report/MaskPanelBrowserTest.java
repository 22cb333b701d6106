package org.glip.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.glip.mask.Mask;
import org.glip.mask.MaskSampler;
import org.glip.mask.PatchGrid;
import org.glip.mask.TiedScores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The panel in a real browser against the library. */
class MaskPanelBrowserTest {
    private static final Gson JSON = new Gson();
    private static final int DRAWS = 600;
    private static final int[] SIDES = {1, 2, 3, 7, 8, 14, 16, 24};

    @TempDir
    private Path folder;

    private Chromium browser;

    /** A setting of the panel, in the names of its script. */
    private record Setting(
            String method, int thousandths, double sigma, boolean deviation, int side, String seed, long sample) {
        Mask mask() {
            return switch (method) {
                case "CLIP" -> Mask.none();
                case "FLIP" -> Mask.random(thousandths / 1000.0);
                default ->
                    deviation
                            ? Mask.gaussianStandardDeviation(thousandths / 1000.0, sigma)
                            : Mask.gaussian(thousandths / 1000.0, sigma);
            };
        }

        int[] kept() {
            return mask().on(new PatchGrid(side)).sample(Long.parseLong(seed), 0, sample);
        }
    }

    @BeforeEach
    void findBrowser() {
        browser = Chromium.here();
    }

    @Test
    void thePageKeepsThePatchesThatTheLibraryKeeps() throws IOException, InterruptedException {
        List<Setting> settings = settings();
        JsonElement answer = browser.answer(
                folder,
                "<script>" + MaskPanel.drawing() + "</script>",
                "answer(" + JSON.toJson(settings) + ".map(at => new MaskDraws(at.side, at.seed).draw(at).kept));");
        int[][] kept = JSON.fromJson(answer, int[][].class);
        assertEquals(DRAWS, kept.length);
        for (int i = 0; i < DRAWS; i++) {
            assertEquals(
                    Arrays.toString(settings.get(i).kept()),
                    Arrays.toString(kept[i]),
                    settings.get(i).toString());
        }
    }

    private static List<Setting> settings() {
        SplittableRandom random = new SplittableRandom(15);
        List<Setting> settings = new ArrayList<>();
        for (int i = 0; i < DRAWS; i++) {
            double sigma = Math.exp(random.nextDouble(Math.log(0.01), Math.log(100)));
            String written = String.format(Locale.ROOT, "%.3g", sigma); // as people do, every other time
            settings.add(new Setting(
                    i % 10 == 0 ? "CLIP" : i % 3 == 0 ? "FLIP" : "GLIP",
                    random.nextInt(1000),
                    i % 2 == 0 ? sigma : Double.parseDouble(written),
                    random.nextBoolean(),
                    SIDES[random.nextInt(SIDES.length)],
                    Long.toString(i % 4 == 0 ? random.nextInt(100) : random.nextLong()),
                    random.nextInt(1_000_000)));
        }
        return settings;
    }

    @Test
    void ofEqualScoresThePageKeepsThoseThatTheLibraryKeeps() throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(16);
        List<double[]> scores = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int patches = random.nextInt(2, 200);
            scores.add(random.ints(patches, -3, 4).asDoubleStream().toArray());
            counts.add(random.nextInt(1, patches));
        }
        JsonElement answer = browser.answer(
                folder,
                "<script>" + MaskPanel.drawing() + "</script>",
                "const counts = " + counts + ";\nanswer(" + JSON.toJson(scores)
                        + ".map((scores, i) => keepLargest(scores, counts[i]).kept));");
        int[][] kept = JSON.fromJson(answer, int[][].class);
        for (int i = 0; i < scores.size(); i++) {
            int[] expected = TiedScores.keep(scores.get(i), counts.get(i));
            assertEquals(Arrays.toString(expected), Arrays.toString(kept[i]), Arrays.toString(scores.get(i)));
        }
    }

    /** Sets controls as a hand does; {@code root} is that of the first of two panels. */
    private static final String HANDS = """
            const roots = [...document.querySelectorAll(".glip-mask-panel")].map(panel => panel.shadowRoot);
            const [root, other] = roots;
            const set = (selector, value, type = "input") => {
              const input = root.querySelector(selector);
              input.value = value;
              input.dispatchEvent(new Event(type, {bubbles: true}));
            };
            const click = selector => root.querySelector(selector).click();
            const text = (selector, panel = root) => panel.querySelector(selector).textContent;
            const state = panel => [".numbers", ".kept", ".tokens", ".centre", ".corner", "code", ".reading", ".legend"]
              .map(selector => text(selector, panel)).join("|");
            const rest = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
            """;

    @Test
    void itsControlsSetTheMaskThatItShows() throws IOException, InterruptedException {
        List<Setting> asked = List.of(
                new Setting("GLIP", 750, 0.2, false, 14, "7", 0),
                new Setting("GLIP", 918, 0.2, false, 14, "7", 0),
                new Setting("GLIP", 918, 0.2, true, 14, "7", 0),
                new Setting("GLIP", 918, 0.447, true, 14, "7", 1),
                new Setting("GLIP", 500, 1.5, true, 14, "7", 41),
                new Setting("FLIP", 500, 1.5, true, 14, "7", 41),
                new Setting("CLIP", 500, 1.5, true, 14, "7", 41));
        JsonElement answer = browser.answer(folder, twoPanels(), HANDS + """
                        const before = state(other);
                        const seen = [];
                        const look = () => seen.push([".numbers", ".kept", ".tokens", ".centre", ".corner", "code"]
                          .map(selector => text(selector)));
                        look();
                        set("#ratio-number", "91.8"); look();
                        click("[value=deviation]"); look();
                        set("#sigma-number", "0.447"); click("button"); look();
                        set("#ratio-number", ""); set("#ratio-number", "120"); set("#sigma-number", "-1");
                        set("#ratio", "50"); set("#sigma", "19"); set("#sample", "41"); look();
                        click("[value=FLIP]"); look();
                        click("[value=CLIP]"); look();
                        answer({seen, undisturbed: before === state(other)});
                        """);
        JsonObject found = answer.getAsJsonObject();
        assertTrue(found.get("undisturbed").getAsBoolean(), "one panel changed the other");
        String[][] seen = JSON.fromJson(found.get("seen"), String[][].class);
        for (int i = 0; i < asked.size(); i++) {
            assertEquals(shown(asked.get(i)), List.of(seen[i]), asked.get(i).toString());
        }
    }

    /** What stands in the panel for a setting: the kept patches, how many, tokens, two frequencies, the call. */
    private static List<String> shown(Setting setting) {
        int[] kept = setting.kept();
        MaskSampler mask = setting.mask().on(new PatchGrid(setting.side));
        double[][] often = new double[setting.side][setting.side];
        for (int sample = 0; sample < 500; sample++) {
            for (int patch : mask.sample(Long.parseLong(setting.seed), 0, sample)) {
                often[patch / setting.side][patch % setting.side]++;
            }
        }
        Arrays.stream(often).forEach(row -> Arrays.setAll(row, column -> row[column] / 500));
        KeepRegions regions = KeepRegions.of(often);
        String numbers = Arrays.toString(kept).replaceAll("[\\[\\],]", "");
        String ratio = Double.toString(setting.thousandths / 1000.0);
        String call =
                switch (setting.method) {
                    case "CLIP" -> "none()";
                    case "FLIP" -> "random(" + ratio + ")";
                    default ->
                        (setting.deviation ? "gaussianStandardDeviation(" : "gaussian(") + ratio + ", " + setting.sigma
                                + ")";
                };
        return List.of(
                "Numbers, row by row from 0 in the top left: " + numbers,
                Integer.toString(kept.length),
                Integer.toString(kept.length + 1),
                Math.round(100 * regions.centre()) + " %",
                Math.round(100 * regions.corner()) + " %",
                "Mask." + call + ".on(new PatchGrid(14)).sample(7, 0, " + setting.sample + ")");
    }

    @Test
    void aPictureOfOnesOwnTakesThePlaceAndWhatIsNoneIsRefused() throws IOException, InterruptedException {
        JsonElement answer = browser.answer(folder, twoPanels(), HANDS + """
                        const give = async file => {
                          const files = new DataTransfer();
                          files.items.add(file);
                          root.querySelector("#own").files = files.files;
                          root.querySelector("#own").dispatchEvent(new Event("change"));
                          await rest(1000);
                          return [root.querySelector("img").src.slice(0, 5), text("#own-note"), text(".said"),
                            root.querySelector("svg.mask").getAttribute("aria-label")];
                        };
                        const canvas = Object.assign(document.createElement("canvas"), {width: 40, height: 30});
                        canvas.getContext("2d").fillRect(0, 0, 40, 15);
                        const png = await new Promise(resolve => canvas.toBlob(resolve));
                        const first = await give(new File(["no picture"], "letter.txt"));
                        const then = await give(new File([png], "holiday.png"));
                        answer([first, then, [other.querySelector("img").src.slice(0, 5)]]);
                        """);
        String[][] seen = JSON.fromJson(answer, String[][].class);
        assertEquals("data:", seen[0][0]);
        assertEquals("letter.txt is no picture that this browser can read.", seen[0][1]);
        assertEquals(seen[0][1], seen[0][2]);
        assertEquals("blob:", seen[1][0]);
        assertTrue(seen[1][2].endsWith("The picture is now holiday.png."), seen[1][2]);
        assertEquals("holiday.png, in 14 by 14 patches; 147 of them are covered", seen[1][3]);
        assertEquals("data:", seen[2][0], "the other panel has the picture too");
    }

    @Test
    void everyControlAndDrawingHasAName() throws IOException, InterruptedException {
        JsonElement answer = browser.answer(folder, twoPanels(), HANDS + """
                        const controls = [...root.querySelectorAll("input, button, summary")];
                        const nameless = controls.filter(control => !control.labels?.length && !control.textContent
                          && !control.getAttribute("aria-label")).map(control => control.outerHTML);
                        const drawings = [...root.querySelectorAll("[role=img]")].map(it => it.getAttribute("aria-label"));
                        const silent = text(".said");
                        click("[value=FLIP]");
                        const soon = text(".said");
                        await rest(1000);
                        answer({controls: controls.length, nameless, drawings, silent, soon, said: text(".said"),
                          off: [...root.querySelectorAll(":disabled")].map(control => control.id || control.value),
                          outside: document.querySelectorAll(".glip-mask-panel [id]").length,
                          visible: [...document.querySelectorAll(".glip-mask-panel > figure")]
                            .filter(figure => figure.checkVisibility()).length});
                        """);
        JsonObject found = answer.getAsJsonObject();
        assertEquals(13, found.get("controls").getAsInt());
        assertEquals("[]", found.get("nameless").toString());
        String[] drawings = JSON.fromJson(found.get("drawings"), String[].class);
        assertEquals(3, drawings.length);
        assertEquals("Pictures of noise, in 14 by 14 patches; 147 of them are covered", drawings[0]);
        assertTrue(drawings[1].matches("How often each patch is kept: centre \\d+ %, corner \\d+ %"), drawings[1]);
        assertTrue(drawings[2].contains("49 at or above the threshold of") && drawings[2].endsWith("147 below it"));
        assertEquals("", found.get("silent").getAsString() + found.get("soon").getAsString());
        assertTrue(
                found.get("said").getAsString().startsWith("FLIP: 49 of 196 patches kept, 50 tokens. Centre kept in"));
        assertEquals(
                "[\"sigma\",\"sigma-number\",\"variance\",\"deviation\"]",
                found.get("off").toString());
        assertEquals(0, found.get("outside").getAsInt(), "names that two panels would share");
        assertEquals(0, found.get("visible").getAsInt(), "the still figure stands beside the panel");
    }

    @Test
    void withoutScriptsTheStillFigureIsSeen() throws IOException, InterruptedException {
        JsonElement answer =
                browser.answer(folder, twoPanels().replaceAll("(?s)<script>.*?</script>|<style>.*?</style>", ""), """
                if (document.readyState !== "complete") await new Promise(loaded => addEventListener("load", loaded));
                const images = [...document.querySelectorAll(".glip-mask-panel img")];
                answer(images.map(image => [image.checkVisibility(), image.naturalWidth > 400, image.alt]));
                """);
        String alt = "Pictures of noise, whole, under the random mask of FLIP and under the centred mask of GLIP:"
                + " 75% of the patches dropped, 49 of 196 kept, σ = 0.2 (variance)";
        String one = "[true,true,\"" + alt + "\"]";
        assertEquals("[" + one + "," + one + "]", answer.toString());
    }

    private static String twoPanels() {
        String panel = new MaskPanel(
                        Pixels.coloured(64, 64, 1), "Pictures of noise", new PatchGrid(14), Mask.gaussian(0.75, 0.2), 7)
                .html();
        return panel + panel;
    }
}
