package io.quorate.common.link;

import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import java.util.regex.Pattern;

/** What the failure of a socket is called for people, whichever transport reports it. */
public final class SocketFailure {
    /** Netty's native transports name the system call and its number first. */
    private static final Pattern SYSTEM_CALL = Pattern.compile("^\\S+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ?");

    /** Netty puts the address behind the text of a failure that has none. */
    private static final String NO_TEXT = "null";

    private SocketFailure() {}

    /** One line, like {@code Connection refused: /127.0.0.1:7103}. */
    public static String of(Throwable failure) {
        String said = String.valueOf(failure.getMessage());
        if (said.startsWith(NO_TEXT)) {
            return unsaid(failure) + said.substring(NO_TEXT.length());
        }
        return SYSTEM_CALL.matcher(said).replaceFirst("");
    }

    private static String unsaid(Throwable failure) {
        if (failure instanceof NoRouteToHostException) {
            return "No route to host";
        }
        return failure instanceof ClosedChannelException
                ? "connection closed"
                : failure.getClass().getSimpleName();
    }
}
