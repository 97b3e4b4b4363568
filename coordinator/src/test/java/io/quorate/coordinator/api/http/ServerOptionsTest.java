package io.quorate.coordinator.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ServerOptionsTest {
    private static final Path SOURCE =
            Path.of("../coordinator/src/main/java/io/quorate/coordinator/api/http/ServerOptions.java");

    private static final Pattern CHOICE = Pattern.compile("\\.(set\\w+)\\(");

    /** Options of protocols that are off: of TLS, of HTTP/2, of web sockets, of compression, of the PROXY header. */
    private static final Pattern OF_WHAT_IS_OFF = Pattern.compile("set(Ssl.+|Sni|ClientAuth|KeyCertOptions|TrustOptions"
            + "|EnabledSecureTransportProtocols|AlpnVersions|InitialSettings|Http2.+"
            + "|.*WebSocket.*|AcceptUnmaskedFrames|Compression.*|Compressors|Decompression.+|ProxyProtocol.+)");

    /** The configuration decides both when the server listens. The format is that of a log that is off. */
    private static final Set<String> ELSEWHERE = Set.of("setHost", "setPort", "setActivityLogDataFormat");

    @Test
    void everyOptionOfTheServerIsChosenOrBelongsToWhatIsOff() throws IOException {
        Set<String> options = Arrays.stream(HttpServerOptions.class.getMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith("set"))
                .collect(Collectors.toCollection(TreeSet::new));
        options.removeAll(chosen());
        options.removeAll(ELSEWHERE);
        options.removeIf(name -> OF_WHAT_IS_OFF.matcher(name).matches());
        assertEquals(Set.of(), options);
    }

    private static Set<String> chosen() throws IOException {
        Set<String> chosen = new TreeSet<>();
        Matcher choice = CHOICE.matcher(Files.readString(SOURCE));
        while (choice.find()) {
            chosen.add(choice.group(1));
        }
        return chosen;
    }

    @Test
    void theProtocolsThatAreNotServedAreOff() {
        HttpServerOptions options = ServerOptions.create();
        assertFalse(options.isHttp2ClearTextEnabled());
        assertFalse(options.isSsl());
        assertFalse(options.isUseProxyProtocol());
        assertFalse(options.isCompressionSupported());
        assertFalse(options.isDecompressionSupported());
    }
}
