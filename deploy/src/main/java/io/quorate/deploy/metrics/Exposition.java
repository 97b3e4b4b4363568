package io.quorate.deploy.metrics;

import java.util.Locale;

/** The two texts that Prometheus reads. */
enum Exposition {
    TEXT("text/plain", "text/plain; version=0.0.4; charset=utf-8"),
    OPEN_METRICS("application/openmetrics-text", "application/openmetrics-text; version=1.0.0; charset=utf-8");

    private final String mediaType;
    private final String contentType;

    Exposition(String mediaType, String contentType) {
        this.mediaType = mediaType;
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /**
     * The format that the client prefers. Plain text if it has no preference, or only for unknown formats.
     *
     * @param accept the header, or null if there is none
     */
    static Exposition accepted(String accept) {
        if (accept == null) {
            return TEXT;
        }
        String ranges = accept.toLowerCase(Locale.ROOT);
        return OPEN_METRICS.quality(ranges) > TEXT.quality(ranges) ? OPEN_METRICS : TEXT;
    }

    private double quality(String ranges) {
        double best = 0;
        for (String range : ranges.split(",")) {
            String[] parts = range.split(";");
            if (parts[0].strip().equals(mediaType)) {
                best = Math.max(best, quality(parts));
            }
        }
        return best;
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.matches("q=[01](\\.\\d{0,3})?")) {
                return Double.parseDouble(parameter.substring(2));
            }
        }
        return 1;
    }
}
