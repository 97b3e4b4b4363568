package io.quorate.common.link;

import io.netty.handler.ssl.NotSslRecordException;
import java.nio.channels.ClosedChannelException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Why a connection with TLS failed, for people. The exceptions themselves name the reason deep inside. */
public final class TlsFailure {
    private static final int CAUSES_MAX = 16;

    private TlsFailure() {}

    /** Empty if it is not a failure of TLS. */
    public static Optional<String> of(Throwable failure) {
        List<Throwable> causes = causes(failure);
        if (has(causes, NotSslRecordException.class)) {
            // The message of the exception has the bytes that came.
            return Optional.of("it speaks no TLS, and this process speaks nothing else (option tlsCertificate)");
        }
        if (!has(causes, SSLException.class) && !has(causes, GeneralSecurityException.class)) {
            return Optional.empty();
        }
        if (has(causes, ClosedChannelException.class)) {
            return Optional.of("it ended the handshake of TLS. Perhaps it speaks no TLS (option tlsCertificate)");
        }
        String reason = String.valueOf(causes.get(causes.size() - 1).getMessage());
        return Optional.of(
                reason.contains("Received fatal alert")
                        ? "it refused the certificate of this process (" + reason + ")"
                        : "TLS failed: " + reason);
    }

    private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
        return causes.stream().anyMatch(type::isInstance);
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < CAUSES_MAX; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
