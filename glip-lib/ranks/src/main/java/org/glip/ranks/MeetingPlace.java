package org.glip.ranks;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * Where ranks find each other.
 *
 * @param host name or address
 * @param port the store's
 * @param patience how long is waited for it
 */
record MeetingPlace(String host, int port, Duration patience) {
    /** A name may come late, as that of a container which is being started. */
    private static final Duration WAIT_FOR_NAME = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int CONNECT_MILLIS = 5000;

    /** Discards what it gets; nothing is sent there. */
    private static final int ANY_PORT = 9;

    /**
     * Looks the host up, for a while.
     *
     * @throws IOException where its name does not resolve
     */
    InetAddress resolve() throws IOException {
        long end = System.nanoTime() + Math.min(patience.toNanos(), WAIT_FOR_NAME.toNanos());
        while (true) {
            try {
                return InetAddress.getByName(host);
            } catch (UnknownHostException e) {
                if (System.nanoTime() >= end) {
                    throw new IOException("MASTER_ADDR is " + host + ", a name that does not resolve", e);
                }
            }
            pause();
        }
    }

    /**
     * Waits until somebody listens there, as the engine would, but without its traces of each attempt.
     *
     * @param rank who waits
     * @throws IOException where nobody does for as long as the patience
     */
    void awaitStore(InetAddress address, int rank) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
                return;
            } catch (IOException e) {
                if (System.nanoTime() >= end) {
                    throw new IOException(
                            "rank " + rank + " waited " + patience.toSeconds() + " s at " + host + ":" + port
                                    + ", where rank 0 did not come (" + e.getMessage()
                                    + "); MASTER_ADDR and MASTER_PORT must be the same for all ranks",
                            e);
                }
            }
            pause();
        }
    }

    private void pause() throws IOException {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for rank 0 at " + host + ":" + port, e);
        }
    }

    /** The address by which this machine reaches another, so the one at which it is reached; nothing is sent. */
    static String ownAddress(InetAddress other) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(other, ANY_PORT));
            return socket.getLocalAddress().getHostAddress();
        }
    }
}
