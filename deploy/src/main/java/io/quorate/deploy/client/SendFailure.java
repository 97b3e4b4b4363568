package io.quorate.deploy.client;

import io.netty.channel.ConnectTimeoutException;
import io.quorate.common.link.TlsFailure;
import io.quorate.deploy.client.http.NoHttpException;
import io.vertx.core.http.HttpClosedException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Why an endpoint gave no answer. */
final class SendFailure {
    private static final String PERHAPS_TLS = ". If it speaks TLS, write https:// before its name, or give --ca";

    private SendFailure() {}

    /** Only a failure before the connection is open proves that the endpoint has seen nothing. */
    static boolean isBeforeSending(Throwable cause) {
        return cause instanceof NotSentException
                || cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException
                || cause instanceof SSLHandshakeException;
    }

    /** The connection was open when the time was over: the system takes connections for a process that is stopped. */
    static boolean isOfHanging(Throwable cause) {
        Throwable first = cause instanceof NotSentException ? cause.getCause() : cause;
        return first instanceof SocketTimeoutException;
    }

    static String text(Throwable cause) {
        if (cause instanceof NotSentException) {
            return text(cause.getCause());
        }
        if (cause instanceof ConnectTimeoutException) {
            return "no connection within " + Exchanges.CONNECT_TIMEOUT_MS + " ms";
        }
        if (cause instanceof ConnectException) {
            return "connection refused";
        }
        if (cause instanceof SSLException) {
            return TlsFailure.of(cause).orElseGet(() -> FailureText.of(cause)) + "; --ca names the authority to trust";
        }
        if (cause instanceof HttpClosedException) {
            return "it closed the connection" + PERHAPS_TLS;
        }
        if (cause instanceof NoHttpException) {
            return cause.getMessage() + PERHAPS_TLS;
        }
        if (cause instanceof InterruptedException) {
            return "interrupted";
        }
        boolean isLate = cause instanceof TimeoutException || cause instanceof SocketTimeoutException;
        return isLate ? "no answer in time" : FailureText.of(cause);
    }
}
