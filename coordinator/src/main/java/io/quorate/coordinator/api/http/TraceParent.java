package io.quorate.coordinator.api.http;

import java.util.Optional;

/**
 * The header {@code traceparent} of W3C Trace Context (Recommendation of 23 November 2021, section 3.2).
 *
 * <pre>
 * 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
 * version, trace id (not all 0), parent id (not all 0), flags; in lower-case hexadecimal
 * </pre>
 *
 * A later version may have more behind the flags, after another hyphen. The version ff is invalid.
 */
final class TraceParent {
    static final String HEADER = "traceparent";

    private static final int TRACE_ID = 3;
    private static final int PARENT_ID = 36;
    private static final int FLAGS = 53;
    private static final int LENGTH = 55;

    private TraceParent() {}

    /** The trace id, or empty if the header is not valid. The receiver then goes on as without a header. */
    static Optional<String> traceId(String header) {
        return isValid(header) ? Optional.of(header.substring(TRACE_ID, PARENT_ID - 1)) : Optional.empty();
    }

    private static boolean isValid(String header) {
        return header.length() >= LENGTH
                && isVersion(header)
                && isId(header, TRACE_ID, PARENT_ID - 1)
                && isId(header, PARENT_ID, FLAGS - 1)
                && isHex(header, FLAGS, LENGTH)
                && header.charAt(TRACE_ID - 1) == '-'
                && header.charAt(PARENT_ID - 1) == '-'
                && header.charAt(FLAGS - 1) == '-';
    }

    private static boolean isVersion(String header) {
        boolean hasMore = header.length() > LENGTH;
        boolean first = header.startsWith("00");
        return isHex(header, 0, 2) && !header.startsWith("ff") && (!hasMore || !first && header.charAt(LENGTH) == '-');
    }

    private static boolean isId(String header, int from, int to) {
        return isHex(header, from, to) && header.substring(from, to).chars().anyMatch(c -> c != '0');
    }

    private static boolean isHex(String header, int from, int to) {
        return header.substring(from, to).chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }
}
