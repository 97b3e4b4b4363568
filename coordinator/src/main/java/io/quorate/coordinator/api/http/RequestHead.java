package io.quorate.coordinator.api.http;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The rules of RFC 9112 for the head of a request that the layer below does not keep. A request that breaks one may
 * mean another thing to a proxy on its way. So it is refused, and its connection ends.
 */
public final class RequestHead {
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[a-zA-Z0-9._~!$&'()*+,;=%-]*)(:[0-9]*)?");

    private static final String CONTINUE = "100-continue";

    private RequestHead() {}

    /** Whether the client waits for {@code 100 Continue} before it sends its body. */
    static boolean awaitsContinue(HttpServerRequest request) {
        return request.version() != HttpVersion.HTTP_1_0
                && CONTINUE.equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT));
    }

    /** Whether the head keeps the rules. Otherwise this answers the request and closes its connection. */
    public static boolean accepts(HttpServerRequest request) {
        try {
            RequestTarget.of(request);
            checkHost(request);
            checkTransferEncoding(request);
            checkExpectation(request);
            return true;
        } catch (BadRequest e) {
            refuse(request, e.status(), e.getMessage());
            return false;
        }
    }

    /** Section 3.2: one Host, which only HTTP/1.0 may leave out. */
    private static void checkHost(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
        int required = request.version() == HttpVersion.HTTP_1_0 ? 0 : 1;
        if (hosts.size() > 1 || hosts.size() < required) {
            throw malformed("the request has " + hosts.size() + " Host headers instead of one");
        }
        if (hosts.size() == 1 && !HOST.matcher(hosts.get(0)).matches()) {
            throw malformed("the Host '" + hosts.get(0) + "' is no host with a port");
        }
    }

    /** Section 6.1: a coding that the server does not know is answered by 501. */
    private static void checkTransferEncoding(HttpServerRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        if (codings.isEmpty()) {
            return;
        }
        if (request.version() == HttpVersion.HTTP_1_0) {
            throw malformed("HTTP/1.0 has no Transfer-Encoding");
        }
        if (codings.size() > 1 || !codings.get(0).strip().equalsIgnoreCase("chunked")) {
            throw new BadRequest(
                    501,
                    "Transfer-Encoding: " + String.join(", ", codings)
                            + " is not supported; chunked alone is. Nothing was applied");
        }
    }

    /** RFC 9110, section 10.1.1. HTTP/1.0 has no expectations, and a proxy may have passed one on. */
    private static void checkExpectation(HttpServerRequest request) {
        List<String> expected = request.headers().getAll(HttpHeaders.EXPECT);
        if (request.version() != HttpVersion.HTTP_1_0
                && !expected.stream().allMatch(each -> each.strip().equalsIgnoreCase(CONTINUE))) {
            throw new BadRequest(
                    417,
                    "Expect: " + LogText.of(String.join(", ", expected)) + " is not supported; " + CONTINUE
                            + " alone is. Nothing was applied");
        }
    }

    private static BadRequest malformed(String what) {
        return new BadRequest(400, what + ". Nothing was applied");
    }

    /** Answers bytes that are no request, or one whose head is too long, and closes their connection. */
    public static void refuse(HttpServerRequest invalid) {
        Throwable cause = reason(invalid.decoderResult());
        if (cause instanceof TooLongHttpLineException) {
            refuse(
                    invalid,
                    414,
                    "the request line is longer than " + ServerOptions.REQUEST_LINE_BYTES_MAX
                            + " bytes. Nothing was applied");
        } else if (cause instanceof TooLongHttpHeaderException) {
            refuse(
                    invalid,
                    431,
                    "the headers are longer than " + ServerOptions.HEADER_BYTES_MAX
                            + " bytes together. Nothing was applied");
        } else {
            refuse(
                    invalid,
                    400,
                    "this is no request of HTTP/1.1: " + LogText.of(String.valueOf(cause.getMessage()))
                            + ". Nothing was applied");
        }
    }

    private static Throwable reason(DecoderResult result) {
        return result.cause() == null ? new IllegalArgumentException("its head is malformed") : result.cause();
    }

    private static void refuse(HttpServerRequest request, int status, String detail) {
        request.response().putHeader(HttpHeaders.CONNECTION, "close");
        Problem.refuse(request.response(), status, detail);
        request.connection().close();
    }
}
