package org.glip.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.glip.train.StepReport;
import org.glip.train.ValidationReport;
import org.junit.jupiter.api.Test;

class StageProgressTest {
    private static StepReport report(long bad, Optional<ValidationReport> validation) {
        return new StepReport(4, 10, 40, 3.25, 1e-3, 14.286, 0.71234, 120.34, 0.034, bad, 6, validation);
    }

    @Test
    void saysWhatAStepDid() {
        assertEquals(
                "loss 3.250, 120.3 samples/s, 3 % waiting, gradient 0.712, scale 14.3",
                StageProgress.words(report(0, Optional.empty()), ""));
        assertEquals(
                "loss 3.250, top-1 9.5 %, 120.3 samples/s, 3 % waiting, gradient 0.712, scale 14.3, 7 bad",
                StageProgress.words(report(7, Optional.empty()), "top-1 9.5 %, "));
    }

    @Test
    void theLastLineTellsTheLastValidation() {
        StringWriter err = new StringWriter();
        try (StageProgress progress = new StageProgress(new PrintWriter(err), "pretrain")) {
            progress.onPicture(0);
            progress.onPicture(9);
            progress.start(10);
            ValidationReport found = new ValidationReport(40, 3, Map.of("top-1", 0.125));
            progress.onStep(report(0, Optional.of(found)));
            progress.onPicture(5);
            progress.onPicture(0);
            progress.onStep(report(0, Optional.empty()));
        }
        List<String> lines = err.toString().lines().toList();
        String last = lines.get(lines.size() - 1);
        assertEquals(true, last.contains("4/10") && last.contains("loss 3.250, top-1 12.5 %, 120.3"), err::toString);
        assertEquals(true, last.contains("/ 0:00:0"), "what was told to be left: " + last);
    }

    @Test
    void theTimeThatWasToldPasses() throws Exception {
        AtomicLong clock = new AtomicLong(7_000);
        TimeLeft left = new TimeLeft(clock::get);
        ProgressState[] state = new ProgressState[1];
        try (ProgressBar bar = new ProgressBarBuilder()
                .setInitialMax(10)
                .setEtaFunction(now -> {
                    state[0] = now;
                    return Optional.empty();
                })
                .build()) {
            bar.stepTo(1);
            bar.refresh();
        }
        assertEquals(true, left.now(state[0]).isPresent(), "by what is done");
        left.tell(30);
        assertEquals(Optional.of(Duration.ofSeconds(30)), left.now(state[0]));
        clock.addAndGet(12_000_000_000L);
        assertEquals(Optional.of(Duration.ofSeconds(18)), left.now(state[0]));
        clock.addAndGet(60_000_000_000L);
        assertEquals(Optional.of(Duration.ZERO), left.now(state[0]), "a validation takes longer than the last");
        left.tell(3600);
        assertEquals(Optional.of(Duration.ofHours(1)), left.now(state[0]));
    }

    @Test
    void whereNothingIsToldPartsTakeAsLongAsThoseThatAreDone() {
        assertEquals(Optional.empty(), TimeLeft.proportional(0, 10, Duration.ofSeconds(5)));
        assertEquals(Optional.of(Duration.ofSeconds(20)), TimeLeft.proportional(3, 6, Duration.ofSeconds(10)));
        assertEquals(Optional.of(Duration.ZERO), TimeLeft.proportional(3, -1, Duration.ofSeconds(10)));
    }
}
