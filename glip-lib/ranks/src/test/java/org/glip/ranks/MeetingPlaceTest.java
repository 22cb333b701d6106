package org.glip.ranks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MeetingPlaceTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    void aHostThatDoesNotResolveIsTold() {
        MeetingPlace place = new MeetingPlace("no-such-host.invalid", 29500, SHORT);

        String message = assertThrows(IOException.class, place::resolve).getMessage();

        assertEquals("MASTER_ADDR is no-such-host.invalid, a name that does not resolve", message);
    }

    @Test
    void aRankWaitsForTheFirstOne() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        int port;
        try (ServerSocket store = new ServerSocket(0, 1, loopback)) {
            port = store.getLocalPort();
            new MeetingPlace("localhost", port, SHORT).awaitStore(loopback, 1);
        }
        MeetingPlace closed = new MeetingPlace("localhost", port, SHORT);

        String message = assertThrows(IOException.class, () -> closed.awaitStore(loopback, 1))
                .getMessage();

        assertTrue(message.contains("where rank 0 did not come"), message);
    }

    @Test
    void onOneMachineRanksTalkByTheLoopback() throws IOException {
        assertEquals("127.0.0.1", MeetingPlace.ownAddress(InetAddress.getByName("127.0.0.1")));
    }
}
