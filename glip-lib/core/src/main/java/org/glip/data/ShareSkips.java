package org.glip.data;

/**
 * What one of several processes leaves out. In its log each bad sample of the run stands with one process only, so that
 * the logs of all add up: what the source leaves out, which all of them see, with the first; a picture that does not
 * decode with the one whose row it is. How much of all is bad, each process judges by what it saw itself.
 */
final class ShareSkips {
    private final BatchShare share;
    private final SkipLog log;

    /** Of the whole run, as far as it can be seen from here: pictures are known of the own rows only. */
    private SkipCounts ofAll;

    /**
     * @param share which process this is
     * @param before what the run had left out before, in all processes
     */
    ShareSkips(BatchShare share, SkipCounts before) {
        this(share, before, SkipLog.from(share.part() == 0 ? before : SkipCounts.NONE));
    }

    private ShareSkips(BatchShare share, SkipCounts before, SkipLog log) {
        this.share = share;
        this.ofAll = before;
        this.log = log;
    }

    /** Counts and tells nobody. */
    static ShareSkips untold() {
        return new ShareSkips(BatchShare.whole(), SkipCounts.NONE, SkipLog.collecting());
    }

    /** Records what the source left out: all processes meet it. */
    void addOfSource(SkipLog.Part skipped) {
        ofAll = ofAll.plus(skipped.counts());
        if (share.part() == 0) {
            log.add(skipped);
        }
    }

    /** Records a bad sample in a row of this process; the others are taken to meet as many. */
    void addOfRow(SkipLog.Part fault) {
        for (int part = 0; part < share.parts(); part++) {
            ofAll = ofAll.plus(fault.counts());
        }
        log.add(fault);
    }

    /** What this process counts of the run. */
    SkipLog log() {
        return log;
    }

    /** What all processes together have left out: exact for a whole share, otherwise an estimate. */
    SkipCounts ofAll() {
        return ofAll;
    }
}
