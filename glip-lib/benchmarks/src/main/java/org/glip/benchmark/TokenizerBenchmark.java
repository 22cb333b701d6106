package org.glip.benchmark;

import java.util.List;
import org.glip.data.Batch;
import org.glip.data.SyntheticPairs;
import org.glip.text.ClipTokenizer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.infra.Blackhole;

/** Token ids of a caption of 8 to 20 common words; the cache of words is full, as it soon is in training. */
public class TokenizerBenchmark extends MicrosecondsBenchmark {
    private static final int CAPTIONS = 1000;
    private static final int CONTEXT = 77;

    private final ClipTokenizer tokenizer = ClipTokenizer.load();
    private final List<String> captions = captions();

    private List<String> captions() {
        Batch batch = SyntheticPairs.builder()
                .setTokenizer(tokenizer)
                .setBatchSize(CAPTIONS)
                .setImageSize(1)
                .setContextLength(CONTEXT)
                .optSeed(1)
                .build()
                .next();
        return batch.captions();
    }

    /**
     * One caption, ids padded to the context length.
     *
     * @param sink takes the ids
     */
    @Benchmark
    @OperationsPerInvocation(CAPTIONS)
    public void caption(Blackhole sink) {
        for (String caption : captions) {
            sink.consume(tokenizer.tokenize(caption, CONTEXT));
        }
    }
}
