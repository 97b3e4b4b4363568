package io.quorate.deploy.client;

import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Opens connections past any proxy. The certificate of a server must name its host. */
final class EndpointSockets {
    /** Empty if no file of TLS was named. The authorities of the JDK take long to read. */
    private final Optional<SSLSocketFactory> secured;

    /** @throws io.quorate.deploy.terminal.CommandFailure if a file of TLS is missing or wrong */
    EndpointSockets(ClientTls tls) {
        secured = tls.equals(ClientTls.NONE) ? Optional.empty() : Optional.of(tls.socketFactory());
    }

    /**
     * @param timeoutMs for the connection, and again for the handshake of TLS
     * @throws NotSentException if it cannot be opened, for whatever reason
     */
    Socket open(Endpoint endpoint, int timeoutMs) throws NotSentException {
        try {
            return opened(endpoint, timeoutMs);
        } catch (IOException e) {
            throw new NotSentException(e);
        }
    }

    private Socket opened(Endpoint endpoint, int timeoutMs) throws IOException {
        InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException(endpoint.host());
        }
        Socket socket = new Socket(Proxy.NO_PROXY);
        try {
            socket.setTcpNoDelay(true);
            connect(socket, address, timeoutMs);
            socket.setSoTimeout(timeoutMs);
            return endpoint.tls() ? secured(socket, endpoint) : socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static void connect(Socket socket, InetSocketAddress address, int timeoutMs) throws IOException {
        try {
            socket.connect(address, timeoutMs);
        } catch (SocketTimeoutException e) {
            throw new ConnectTimeoutException("no connection within " + timeoutMs + " ms");
        }
    }

    private Socket secured(Socket plain, Endpoint endpoint) throws IOException {
        SSLSocket socket = (SSLSocket) secured.orElseGet(ClientTls.NONE::socketFactory)
                .createSocket(plain, endpoint.host(), endpoint.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm(ClientTls.OF_HTTPS);
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
        } catch (SSLHandshakeException | SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw (SSLHandshakeException) new SSLHandshakeException("the handshake of TLS broke off").initCause(e);
        }
        return socket;
    }
}
