package io.quorate.deploy.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ExpositionTest {
    @Test
    void prometheusGetsWhatItPrefers() {
        String accept =
                "application/openmetrics-text;version=1.0.0;q=0.75,application/openmetrics-text;version=0.0.1;q=0.5,"
                        + "text/plain;version=0.0.4;q=0.4,*/*;q=0.1";

        assertEquals(Exposition.OPEN_METRICS, Exposition.accepted(accept));
        assertEquals(Exposition.OPEN_METRICS, Exposition.accepted("Application/OpenMetrics-Text ; version=1.0.0"));
    }

    @Test
    void whoeverDoesNotCareGetsPlainText() {
        assertEquals(Exposition.TEXT, Exposition.accepted(null));
        assertEquals(Exposition.TEXT, Exposition.accepted("*/*"));
        assertEquals(Exposition.TEXT, Exposition.accepted("text/html,application/xhtml+xml;q=0.9"));
        assertEquals(Exposition.TEXT, Exposition.accepted(""));
    }

    @Test
    void weightsDecideAndNoughtIsARefusal() {
        assertEquals(Exposition.TEXT, Exposition.accepted("application/openmetrics-text;q=0.3,text/plain;q=0.9"));
        assertEquals(Exposition.TEXT, Exposition.accepted("application/openmetrics-text;q=0"));
        assertEquals(
                Exposition.OPEN_METRICS,
                Exposition.accepted("application/openmetrics-text; q=1.000,text/plain;q=0.999"));
    }
}
