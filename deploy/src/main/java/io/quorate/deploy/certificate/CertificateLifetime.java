package io.quorate.deploy.certificate;

import io.quorate.common.text.DurationText;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How long a certificate is to be valid: {@code 365d}. */
record CertificateLifetime(Duration duration) {
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofDays(36_500);

    static CertificateLifetime parse(String text) {
        Duration duration = DurationText.parse(text)
                .map(DurationText::ms)
                .filter(ms -> ms >= LEAST.toMillis() && ms <= MOST.toMillis())
                .map(Duration::ofMillis)
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is not a lifetime; write it as 12h or 365d, from 1m to 36500d"));
        return new CertificateLifetime(duration);
    }

    /** For picocli. */
    static final class Converter implements ITypeConverter<CertificateLifetime> {
        @Override
        public CertificateLifetime convert(String text) {
            return parse(text);
        }
    }
}
