package io.quorate.coordinator.api.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * {@code Accept} of a request, RFC 9110, section 12.5.1: the media types that its client takes, with how much it likes
 * each. A request without {@code Accept} takes all alike.
 */
public final class MediaRanges {
    private static final MediaRanges ALL_ALIKE = new MediaRanges(List.of(new MediaRange(new WeightedName("*/*", 1))));

    private static final MediaRange NONE = new MediaRange(new WeightedName("", 0));

    private final List<MediaRange> ranges;

    private MediaRanges(List<MediaRange> ranges) {
        this.ranges = ranges;
    }

    private record MediaRange(WeightedName range) {
        String type() {
            return range.name();
        }

        double weight() {
            return range.weight();
        }

        boolean covers(String mediaType) {
            return type().equals("*/*")
                    || type().equals(mediaType)
                    || type().endsWith("/*") && mediaType.startsWith(type().substring(0, type().length() - 1));
        }

        /** A type goes before {@code text/*}, and that before {@code *}{@code /*}. */
        int stars() {
            return (int) type().chars().filter(c -> c == '*').count();
        }
    }

    public static MediaRanges acceptedBy(HttpServerRequest request) {
        List<String> values = request.headers().getAll(HttpHeaders.ACCEPT);
        return values.isEmpty() ? ALL_ALIKE : parse(String.join(",", values));
    }

    static MediaRanges parse(String accept) {
        return new MediaRanges(
                WeightedName.list(accept).stream().map(MediaRange::new).toList());
    }

    /**
     * Whether the client names a type, and likes it more than the usual one. Of two types that it names and likes alike
     * it gets the usual one.
     */
    public boolean prefer(String mediaType, String usual) {
        MediaRange wanted = rangeOf(mediaType);
        MediaRange other = rangeOf(usual);
        return wanted.type().equals(mediaType)
                && wanted.weight() > 0
                && (wanted.weight() > other.weight() || wanted.weight() == other.weight() && other.stars() > 0);
    }

    /** The most special range that covers a type. */
    private MediaRange rangeOf(String mediaType) {
        return ranges.stream()
                .filter(range -> range.covers(mediaType))
                .min((one, other) -> Integer.compare(one.stars(), other.stars()))
                .orElse(NONE);
    }
}
