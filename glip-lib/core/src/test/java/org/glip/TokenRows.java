package org.glip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.glip.text.CaptionTokens;

/**
 * Token ids as golden files hold them, a caption a row; each ends at its largest id, the first of equal ones, as in
 * open_clip.
 */
public final class TokenRows {
    private TokenRows() {}

    /** The captions of ids (n,C). */
    public static List<CaptionTokens> captions(int[] ids, int context) {
        List<CaptionTokens> captions = new ArrayList<>();
        for (int start = 0; start < ids.length; start += context) {
            captions.add(caption(Arrays.copyOfRange(ids, start, start + context)));
        }
        return captions;
    }

    private static CaptionTokens caption(int[] ids) {
        int end = 0;
        for (int t = 1; t < ids.length; t++) {
            if (ids[t] > ids[end]) {
                end = t;
            }
        }
        return new CaptionTokens(ids, end + 1);
    }
}
