package org.glip.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.glip.engine.Precision;
import org.glip.mask.Mask;
import org.glip.results.ResultFileException;
import org.glip.scenes.ScenesConfig;
import org.glip.scenes.ScenesPreset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordedRunTest {
    private static final Path COMMITTED = Path.of("../../notebooks/results");
    private static final Path ONE =
            COMMITTED.resolve("01-pretraining/centred-GLIP-75-sigma0.2-samples120000-seed0.json");

    @TempDir
    Path folder;

    /** What cannot be made again is what cost time and memory, and says so. */
    @Test
    void everyCommittedResultButThoseOfCostsCanBeMadeAgain() throws IOException {
        Map<String, Integer> rebuilt = new TreeMap<>();
        Map<String, Integer> refused = new TreeMap<>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(COMMITTED)) {
            files = all.filter(file -> file.toString().endsWith(".json")).toList();
        }
        for (Path file : files) {
            String place = COMMITTED.relativize(file.getParent()).toString();
            try {
                RecordedRun run = RecordedRun.read(file);
                if (!place.endsWith("photographs")) {
                    assertFalse(RecordedData.scenesOf(run).isMini(), place);
                }
                rebuilt.merge(place, 1, Integer::sum);
            } catch (ResultFileException e) {
                assertTrue(e.getMessage().contains("\"metrics.step ms\""), e.getMessage());
                refused.merge(place, 1, Integer::sum);
            }
        }
        assertEquals(
                Map.of(
                        "01-pretraining", 6,
                        "02-sigma-sweep", 75,
                        "03-benchmark-tables", 38,
                        "03-benchmark-tables/fine-tuning", 21,
                        "03-benchmark-tables/linear-probe", 21,
                        "03-benchmark-tables/photographs", 9,
                        "03-benchmark-tables/presets", 12,
                        "04-efficiency/equal", 12),
                rebuilt);
        assertEquals(Map.of("03-benchmark-tables/cost", 90, "04-efficiency/cost", 16), refused);
    }

    @Test
    void aRunIsUnderstoodAsTheNotebookMadeIt() throws IOException {
        RecordedRun run = RecordedRun.read(ONE);
        assertEquals(Method.glip(0.75, 0.2), run.method());
        assertEquals(Mask.gaussian(0.75, 0.2), run.method().mask());
        assertEquals(Plan.ofSamples(120_000, Precision.BF16), run.plan(run.precision()));
        assertEquals(
                ScenesConfig.ofVersion1(ScenesPreset.CENTRED),
                RecordedData.scenesOf(run).config());
        assertTrue(run.evaluation().isUsual());
        RecordedRun probe = RecordedRun.read(
                COMMITTED.resolve("03-benchmark-tables/linear-probe/centred-GLIP-75-sigma0.2-samples64000-seed0.json"));
        assertEquals(new KindProbe(4000), probe.evaluation().further());
        RecordedRun tuned = RecordedRun.read(
                COMMITTED.resolve("03-benchmark-tables/fine-tuning/centred-GLIP-75-sigma0.2-samples64000-seed0.json"));
        assertEquals(new KindFineTuning(4000, 1, 1e-3, 0.75), tuned.evaluation().further());
        assertEquals(
                Method.reclip(32),
                RecordedRun.read(COMMITTED.resolve("03-benchmark-tables/centred-RECLIP-32px-samples64000-seed0.json"))
                        .method());
    }

    @Test
    void aPlanForScenesComesBackFromItsWords() throws IOException {
        SamplePlan plan = Plan.forScenes(64_000, Precision.BF16);
        RecordedSettings settings = new RecordedSettings(ONE, "", plan.settings());
        RecordedSettings details = new RecordedSettings(ONE, "", plan.details());
        assertEquals(plan, RecordedPlan.read(settings, details, Precision.BF16));
    }

    @Test
    void aPlanByEpochsComesBackFromItsWords() throws IOException {
        EpochPlan plan = new EpochPlan(
                org.glip.model.ClipConfig.preset("tiny"),
                new EpochPlan.Recipe(0.5, 16, 1e-3, 10_000),
                new EpochPlan.Recipe(1, 8, 1e-5, Long.MAX_VALUE),
                8,
                Precision.FP32,
                1,
                64,
                1000);
        Plan read = RecordedPlan.read(
                new RecordedSettings(ONE, "configuration.", plan.settings()),
                new RecordedSettings(ONE, "details.", plan.details()),
                Precision.FP32);
        assertEquals(plan.settings(), read.settings());
        assertEquals(8, ((EpochPlan) read).microBatch());
    }

    /** Exchanges a text of a committed result and expects a refusal that tells all of this. */
    private void refuses(String text, String other, String... told) throws IOException {
        String content = Files.readString(ONE);
        assertTrue(content.contains(text), text);
        Path file = Files.writeString(folder.resolve("changed.json"), content.replace(text, other));
        IOException e = assertThrows(IOException.class, () -> {
            RecordedRun run = RecordedRun.read(file);
            run.requireCommit();
            RecordedData.scenesOf(run);
        });
        assertTrue(e.getMessage().contains("changed.json"), e.getMessage());
        for (String part : told) {
            assertTrue(e.getMessage().contains(part), part + " is not in: " + e.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"method\": \"GLIP\" | \"method\": \"pixel neighbour\" | \"method\" is \"pixel neighbour\"",
                "\"samples\": \"120000\" | \"samples\": \"many\" | \"provenance.configuration.samples\" must be a whole",
                "\"weight decay\": \"0.1\", | `` | \"provenance.configuration.weight decay\" is missing",
                "\"seed\": \"0\" | \"seed\": \"1\" | \"provenance.configuration.seed\" is \"1\"",
                "\"precision\": \"bf16\" | \"precision\": \"fp8\" | \"provenance.configuration.precision\" must be",
                "\"weight decay\" | \"heavy\": \"1\", \"weight decay\" | \"provenance.configuration.heavy\" is \"1\"",
                "gaussian 75% | gaussian 50% | \"provenance.configuration.mask\" is",
                "\"preset\": \"centred\" | \"preset\": \"centred\", \"x\": \"y\" | \"labels.x\" is \"y\"",
                "3793c21 | 3793c21 with changes | \"provenance.versions.commit\" is \"3793c21 with changes\"",
                "{\\\"version\\\":\\\"v1\\\",\\\"preset | {\\\"version\\\":\\\"v0\\\",\\\"preset | \"version\" is \"v0\"",
                "openmoji@17.0.0 | openmoji@16.0.0 | \"foregrounds.packages.openmoji@16.0.0\" is",
                "98e78ea0 | 00000000 | \"backgrounds\" is \"00000000",
                "trainSamples\\\":60000 | trainSamples\\\":0 | at least 1 training sample",
            })
    void whatCannotBeMetIsNamed(String text, String other, String told) throws IOException {
        refuses(text, other, told);
    }

    @Test
    void aResultOfTheCommandLineIsReferredToItsCommand() throws IOException {
        refuses("\"samples\": \"120000\"", "\"task\": \"zero-shot\"", "\"provenance.configuration.task\"", "run.sh");
    }

    @Test
    void refusesAPrecisionThatTheMachineLacks() throws IOException {
        RecordedRun run = RecordedRun.read(ONE);
        run.requirePrecision(true);
        String told = assertThrows(ResultFileException.class, () -> run.requirePrecision(false))
                .getMessage();
        assertTrue(told.contains("configuration.precision\" is bf16"), told);
    }
}
