package io.quorate.deploy.bench.request;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client notices of an answer.
 *
 * @param hasRetryAfter whether it says when to try again
 * @param endsConnection whether the server takes no further request on its connection
 * @param problem the begin of the body if the request failed, otherwise empty
 */
public record HttpAnswer(int status, boolean hasRetryAfter, boolean endsConnection, String problem) {
    private static final Pattern DETAIL = Pattern.compile("\"detail\"\\s*:\\s*\"(.*)", Pattern.DOTALL);
    private static final String NO_QUORUM = "too few answered";
    private static final int REASON_CHARS_MAX = 48;
    private static final int UNAVAILABLE = 503;
    private static final int TOO_MANY = 429;
    private static final int NOT_FOUND = 404;

    /** A read that found nothing is an answer too. */
    public boolean isGood(RequestKind kind) {
        return status >= 200 && status < 300 || kind == RequestKind.READ && status == NOT_FOUND;
    }

    /** The status, with the reason where one status has several of them. */
    public String label() {
        if (status == TOO_MANY) {
            return hasRetryAfter ? "429" : "429 without Retry-After";
        }
        return status == UNAVAILABLE ? "503 " + reason() : Integer.toString(status);
    }

    /** The first words of the problem's detail, with numbers left out, so that equal reasons have equal labels. */
    private String reason() {
        Matcher found = DETAIL.matcher(problem);
        if (!found.find()) {
            return "without a reason";
        }
        String detail = found.group(1);
        if (detail.contains(NO_QUORUM)) {
            return "no quorum";
        }
        String clause = detail.split("[.,;:\"\\\\]", 2)[0].replaceAll("\\d+", "N");
        return clause.length() > REASON_CHARS_MAX ? clause.substring(0, REASON_CHARS_MAX) : clause;
    }
}
