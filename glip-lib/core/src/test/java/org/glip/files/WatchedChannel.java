package org.glip.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A channel that writes, watched: before the first write, and before it is synced. */
final class WatchedChannel extends FileChannel {
    private final FileChannel real;
    private final String name;
    private final WatchedFileSystem.Watcher watcher;
    private boolean hasWritten;

    WatchedChannel(FileChannel real, String name, WatchedFileSystem.Watcher watcher) {
        this.real = real;
        this.name = name;
        this.watcher = watcher;
    }

    /** Only of the first: how much of an unfinished file is there makes no difference. */
    private void beforeWriting() throws IOException {
        if (!hasWritten) {
            hasWritten = true;
            watcher.before("write " + name);
        }
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        beforeWriting();
        return real.write(bytes);
    }

    @Override
    public long write(ByteBuffer[] bytes, int offset, int length) throws IOException {
        beforeWriting();
        return real.write(bytes, offset, length);
    }

    @Override
    public int write(ByteBuffer bytes, long position) throws IOException {
        beforeWriting();
        return real.write(bytes, position);
    }

    @Override
    public void force(boolean metaData) throws IOException {
        watcher.before("sync " + name);
        real.force(metaData);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        watcher.before("truncate " + name);
        real.truncate(size);
        return this;
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        return real.read(bytes);
    }

    @Override
    public long read(ByteBuffer[] bytes, int offset, int length) throws IOException {
        return real.read(bytes, offset, length);
    }

    @Override
    public int read(ByteBuffer bytes, long position) throws IOException {
        return real.read(bytes, position);
    }

    @Override
    public long position() throws IOException {
        return real.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        real.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return real.size();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return real.transferTo(position, count, target);
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        beforeWriting();
        return real.transferFrom(source, position, count);
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        return real.map(mode, position, size);
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return real.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return real.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        real.close();
    }
}
