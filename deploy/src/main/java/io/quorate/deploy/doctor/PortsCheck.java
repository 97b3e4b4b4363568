package io.quorate.deploy.doctor;

import io.quorate.coordinator.api.http.HttpAddress;
import io.quorate.deploy.client.FailureText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

/** Whether the ports of a node that is to start are free. */
final class PortsCheck {
    private final String httpHost;
    private final int httpPort;
    private final String peerHost;
    private final int peerPort;

    PortsCheck(String httpHost, int httpPort, String peerHost, int peerPort) {
        this.httpHost = httpHost;
        this.httpPort = httpPort;
        this.peerHost = peerHost;
        this.peerPort = peerPort;
    }

    List<Diagnosis> run() {
        return List.of(port("httpPort", httpHost, httpPort), port("peerPort", peerHost, peerPort));
    }

    private static Diagnosis port(String option, String host, int port) {
        String address = new HttpAddress(host, port).authority();
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return Diagnosis.ok(
                    option, address + " is free on " + socket.getInetAddress().getHostAddress());
        } catch (IOException e) {
            return Diagnosis.warning(
                    option,
                    address + " cannot be listened on: " + FailureText.of(e),
                    "fine if the node runs already; otherwise free it, or choose another in its configuration");
        }
    }
}
