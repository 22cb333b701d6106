package org.glip.engine;

import java.time.Duration;

/**
 * Where and how the processes of a group find each other.
 *
 * @param host name or address of the store that they meet at
 * @param port its port
 * @param rank number of this process, from 0
 * @param size how many processes come
 * @param patience how long is waited for a process, when they meet and ever after
 * @param serves whether this process opens the store; else it is there, or another does
 * @param prefix of the group's keys in the store, other than that of any group before that met there
 * @param interfaces network interfaces to talk by, with commas between them; empty for what has the address
 * @param address this machine's, as the others reach it
 */
public record Rendezvous(
        String host,
        int port,
        int rank,
        int size,
        Duration patience,
        boolean serves,
        String prefix,
        String interfaces,
        String address) {}
