package org.glip.image;

import javax.imageio.stream.ImageInputStreamImpl;

/** A file in memory, read in place, that remembers whether its reader asked for more than there is. */
final class ByteArrayImageStream extends ImageInputStreamImpl {
    private final byte[] file;
    private boolean exhausted;

    ByteArrayImageStream(byte[] file) {
        this.file = file;
    }

    /** Whether a read came back with nothing because the file was over. */
    boolean exhausted() {
        return exhausted;
    }

    @Override
    public int read() {
        bitOffset = 0;
        if (streamPos >= file.length) {
            exhausted = true;
            return -1;
        }
        return file[(int) streamPos++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        bitOffset = 0;
        if (streamPos >= file.length) {
            exhausted = true;
            return -1;
        }
        int count = (int) Math.min(length, file.length - streamPos);
        System.arraycopy(file, (int) streamPos, target, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return file.length;
    }
}
