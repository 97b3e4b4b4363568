package io.quorate.deploy.local.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quorate.deploy.client.ClientTls;
import io.quorate.deploy.local.folder.ClusterFolder;
import io.quorate.deploy.local.folder.NodeFolder;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** The HTTP API of a node in a local cluster: its health, and how it sees the others. */
public record NodeHttp(String address, Optional<SSLSocketFactory> tls, Optional<Path> tokenFile) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int TIMEOUT_MS = 2_000;

    /** A node of a secured cluster is asked by HTTPS. */
    public static NodeHttp of(ClusterFolder cluster, NodeFolder node) {
        return new NodeHttp(
                cluster.http(node.id()),
                cluster.isSecured()
                        ? Optional.of(ClientTls.trusting(cluster.authorities()).socketFactory())
                        : Optional.empty(),
                Optional.of(cluster.adminToken()).filter(Files::exists));
    }

    boolean isLive() {
        return answers("/health/live");
    }

    public boolean isReady() {
        return answers("/health/ready");
    }

    /** How many more nodes may be lost, as this node sees it, or empty if it does not answer. */
    public OptionalInt canLose() {
        try {
            HttpURLConnection connection = get("/v1/cluster");
            try (InputStream body = connection.getInputStream()) {
                var number = MAPPER.readTree(body).path("canLose");
                return number.isInt() ? OptionalInt.of(number.intValue()) : OptionalInt.empty();
            }
        } catch (IOException e) {
            return OptionalInt.empty(); // it does not run, or has failed
        }
    }

    private boolean answers(String path) {
        try {
            HttpURLConnection connection = get(path);
            boolean ok = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            connection.disconnect();
            return ok;
        } catch (IOException e) {
            return false; // no node listens there, or it does not answer
        }
    }

    private HttpURLConnection get(String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address + path).toURL().openConnection(Proxy.NO_PROXY);
        if (connection instanceof HttpsURLConnection secured) {
            secured.setSSLSocketFactory(tls.orElseThrow());
            if (tokenFile.isPresent()) {
                secured.setRequestProperty(
                        "Authorization",
                        "Bearer " + Files.readString(tokenFile.get()).strip());
            }
        }
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        return connection;
    }
}
