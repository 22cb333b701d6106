package org.glip.sets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.glip.data.ImageTextSample;
import org.glip.data.SampleSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * data-scripts/cc3m.sh and cc12m.sh with a stand-in for img2dataset that does to an address what the address says. The
 * stand-in writes the files that img2dataset 1.47.0 writes, but for Parquet, which it writes as lines of JSON.
 */
class WebPairsScriptTest {
    private static final String STAND_IN = """
            import base64, csv, io, json, pathlib, sys, tarfile
            PICTURE = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
            def main():
                options = dict(a[2:].split("=", 1) for a in sys.argv[1:])
                out = pathlib.Path(options["output_folder"])
                pathlib.Path("calls").open("a").write(out.name + " " + options["resize_mode"] + "\\n")
                out.mkdir(exist_ok=True)
                rows = list(csv.DictReader(open(options["url_list"], newline="")))
                size = int(options["number_sample_per_shard"])
                for shard in range((len(rows) + size - 1) // size):
                    stem = out / f"{shard:05d}"
                    if pathlib.Path(f"{stem}_stats.json").exists():
                        continue
                    if "broken" in rows[0]["url"]:
                        sys.exit(3)
                    records, good = [], 0
                    with tarfile.open(f"{stem}.tar", "w") as tar:
                        for i, row in enumerate(rows[shard * size : (shard + 1) * size]):
                            key, fails = f"{shard:05d}{i:04d}", None
                            if "gone" in row["url"]:
                                fails = "HTTP Error 404: Not Found"
                            elif "slow" in row["url"] and out.name == "pass-0":
                                fails = "<urlopen error timed out>"
                            for kind, data in [] if fails else [("png", PICTURE), ("txt", row["caption"].encode())]:
                                info = tarfile.TarInfo(f"{key}.{kind}")
                                info.size = len(data)
                                tar.addfile(info, io.BytesIO(data))
                            good += not fails
                            records.append({"key": key, "url": row["url"], "error_message": fails,
                                "status": "failed_to_download" if fails else "success", "sha256": None if fails else "ab" * 32})
                    records.reverse()  # threads end in any order
                    pathlib.Path(f"{stem}.parquet").write_text(json.dumps(records))
                    pathlib.Path(f"{stem}_stats.json").write_text(json.dumps({"successes": good}))
            """;
    private static final String PARQUET = """
            import json, pathlib
            class Table(list):
                def to_pylist(self):
                    return list(self)
            def read_table(path, columns):
                return Table({name: row[name] for name in columns} for row in json.loads(pathlib.Path(path).read_text()))
            """;

    @TempDir
    Path folder;

    private DataScripts scripts;

    @BeforeEach
    void install() throws IOException {
        scripts = new DataScripts(folder);
        write("stand-in/img2dataset/__init__.py", "");
        write("stand-in/img2dataset/main.py", STAND_IN);
        write("stand-in/pyarrow/__init__.py", "");
        write("stand-in/pyarrow/parquet.py", PARQUET);
        version("1.47.0");
    }

    private void version(String version) throws IOException {
        write(
                "stand-in/img2dataset-1.0.dist-info/METADATA",
                "Metadata-Version: 2.1\nName: img2dataset\nVersion: " + version + "\n");
    }

    private void write(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private DataScripts.Run run(String script, String... options) throws Exception {
        String[] arguments = Stream.concat(List.of(options).stream(), List.of("list.tsv", "out").stream())
                .toArray(String[]::new);
        return scripts.run(Map.of("PYTHONPATH", folder.resolve("stand-in").toString()), script, arguments);
    }

    private List<String> manifest() throws IOException {
        byte[] packed = Files.readAllBytes(folder.resolve("out/manifest.csv.gz"));
        try (GZIPInputStream lines = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    @Test
    void whatFailsByChanceIsFetchedAgainAndEveryRowIsAccountedFor() throws Exception {
        write("list.tsv", "\"quoted\" dog\tx://ok/1\na \"cat\tx://gone/2\na bird\tx://slow/3\n");
        DataScripts.Run run = run("cc3m.sh");
        assertEquals(0, run.code(), run.err());
        JsonObject summary = JsonParser.parseString(run.out()).getAsJsonObject();
        assertEquals(2, summary.get("obtained").getAsInt());
        assertEquals(0.6667, summary.get("share").getAsDouble());
        assertEquals("{\"HTTP Error 404: Not Found\":1}", summary.get("missing").toString());
        assertEquals(
                List.of(
                        "key,url,status,sha256",
                        "pass-0/000000000,x://ok/1,success," + "ab".repeat(32),
                        "pass-0/000000001,x://gone/2,HTTP Error 404: Not Found,",
                        "pass-1/000000000,x://slow/3,success," + "ab".repeat(32)),
                manifest());
        SampleSource pairs = SampleSource.shards("@" + folder.resolve("out/shards.txt"));
        assertEquals(
                List.of("\"quoted\" dog", "a bird"),
                SetFixtures.read(pairs).stream().map(ImageTextSample::caption).toList());
        assertEquals(List.of("pass-0 keep_ratio", "pass-1 keep_ratio"), Files.readAllLines(folder.resolve("calls")));
    }

    @Test
    void aSecondRunEndsTheSame() throws Exception {
        write("list.tsv", "x://ok/1\ta dog\nx://slow/2\ta cat\n");
        assertEquals(0, run("cc12m.sh").code());
        List<String> first = manifest();
        Files.delete(folder.resolve("out/pass-1/00000_stats.json")); // as if stopped in the second pass
        assertEquals(0, run("cc12m.sh").code());
        assertEquals(first, manifest());
    }

    @Test
    void aListOfAnotherFormAndAFailureAreTold() throws Exception {
        write("list.tsv", "a dog\tx://ok/1\na cat\n");
        DataScripts.Run wrong = run("cc3m.sh");
        assertEquals(1, wrong.code());
        assertTrue(wrong.err().contains("list.tsv, line 2: there should be caption and url"), wrong.err());
        assertFalse(Files.exists(folder.resolve("out/pass-0.csv")));
        write("list.tsv", "a dog\tx://broken/1\n");
        DataScripts.Run failed = run("cc3m.sh");
        assertEquals(1, failed.code());
        assertTrue(failed.err().contains("the same command goes on"), failed.err());
        assertFalse(Files.exists(folder.resolve("out/manifest.csv.gz")));
    }

    @Test
    void anotherVersionIsRefused() throws Exception {
        write("list.tsv", "a dog\tx://ok/1\n");
        version("1.46.0");
        DataScripts.Run other = run("cc3m.sh");
        assertEquals(1, other.code());
        assertTrue(other.err().contains("has img2dataset 1.46.0; this needs 1.47.0"), other.err());
        Files.delete(folder.resolve("list.tsv"));
        assertTrue(run("cc12m.sh").err().contains("there is no list list.tsv: it is on the page of Conceptual 12M"));
    }
}
