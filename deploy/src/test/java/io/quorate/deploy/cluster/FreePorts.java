package io.quorate.deploy.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports without a listener at the moment, below those that the system gives to outgoing connections. A node that is
 * down for a while must find its port free when it comes back. And a process that tries to reach it must not reach
 * itself.
 */
public final class FreePorts {
    private static final int FIRST = 10_000;
    private static final int COUNT = 22_000;

    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 100 % COUNT));

    private FreePorts() {}

    public static List<Integer> take(int count) {
        List<Integer> ports = new ArrayList<>();
        while (ports.size() < count) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                ports.add(port);
            }
        }
        return ports;
    }

    /** A number such that the ports after it, so many, are free. */
    public static int takeRow(int count) {
        while (true) {
            List<Integer> ports = take(count);
            if (ports.get(count - 1) - ports.get(0) == count - 1) {
                return ports.get(0) - 1;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
