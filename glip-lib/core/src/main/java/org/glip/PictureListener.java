package org.glip;

import java.io.IOException;

/**
 * Is told what becomes of each of many pictures, in their order and in the calling thread.
 *
 * @param <R> what is made of a picture
 */
@FunctionalInterface
public interface PictureListener<R> {
    /**
     * A picture is done.
     *
     * @param picture which
     * @param result what was made of it
     */
    void done(Picture picture, R result);

    /**
     * A picture cannot be read. Unless this is overridden, that ends the work.
     *
     * @param picture which
     * @param reason why; its message names the picture
     * @throws IOException to end the work; else the picture is left out and the others go on
     */
    default void failed(Picture picture, IOException reason) throws IOException {
        throw reason;
    }
}
