package org.glip.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real browser without a window, where there is one; its pages answer in JSON. */
final class Chromium {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Pattern ANSWER = Pattern.compile("(?s)<pre id=\"answer\">(.*?)</pre>");
    private static final int SECONDS = 180;

    private final Path program;

    private Chromium(Path program) {
        this.program = program;
    }

    /** The browser of this machine; without one the test that asks is skipped, and says so. */
    static Chromium here() {
        Path found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        if (found == null) {
            System.out.println("SKIPPED: the panel of masks is not tested in a browser, for there is none of " + NAMES
                    + " here (Debian: apt-get install chromium)");
        }
        assumeTrue(found != null, "no browser");
        return new Chromium(found);
    }

    /**
     * Loads a page from a folder of its own, lets its scripts run until they rest, and returns what they gave to the
     * function {@code answer}.
     *
     * @param body what stands in the page
     * @param script runs last; may await
     */
    JsonElement answer(Path folder, String body, String script) throws IOException, InterruptedException {
        Path page = Files.writeString(
                folder.resolve("page.html"),
                "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>test</title><body>" + body
                        + "<script type=\"module\">const answer = value => {\nconst pre = document.createElement('pre');"
                        + "\npre.id = 'answer';\npre.textContent = JSON.stringify(value);\ndocument.body.append(pre);\n};"
                        + "\ntry {\n" + script + "\n} catch (e) { answer({failure: e.stack}); }\n</script>");
        Matcher answer = ANSWER.matcher(dom(folder, page));
        assertTrue(answer.find(), "the page gave no answer");
        JsonElement value = JsonParser.parseString(answer.group(1)
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&nbsp;", "\u00a0")
                .replace("&amp;", "&"));
        assertTrue(!value.isJsonObject() || !value.getAsJsonObject().has("failure"), value.toString());
        return value;
    }

    private String dom(Path folder, Path page) throws IOException, InterruptedException {
        Path dom = folder.resolve("dom.html");
        Process browser = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox", // which needs rights that a container's root lacks; the page is ours
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--virtual-time-budget=20000",
                        "--dump-dom",
                        page.toUri().toString())
                .redirectOutput(dom.toFile())
                .redirectError(folder.resolve("browser.log").toFile())
                .start();
        try {
            assertTrue(browser.waitFor(SECONDS, TimeUnit.SECONDS), "the browser did not end");
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly();
        }
        assertEquals(0, browser.exitValue(), Files.readString(folder.resolve("browser.log")));
        return Files.readString(dom);
    }
}
