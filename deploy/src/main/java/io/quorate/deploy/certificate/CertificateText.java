package io.quorate.deploy.certificate;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A certificate in lines for people. */
final class CertificateText {
    /** The kinds of names: RFC 5280, section 4.2.1.6. */
    private static final Map<Integer, String> KINDS = Map.of(1, "email", 2, "DNS", 6, "URI", 7, "IP");

    private CertificateText() {}

    static List<String> lines(X509Certificate certificate, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add("subject      " + certificate.getSubjectX500Principal().getName());
        lines.add("issuer       " + certificate.getIssuerX500Principal().getName());
        names(certificate).forEach(name -> lines.add("name         " + name));
        lines.add("authority    " + (certificate.getBasicConstraints() >= 0 ? "yes: it may sign others" : "no"));
        lines.add("valid from   " + certificate.getNotBefore().toInstant());
        lines.add("valid until  " + certificate.getNotAfter().toInstant());
        lines.add("state        " + state(certificate, now));
        return lines;
    }

    static boolean isValid(X509Certificate certificate, Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    private static String state(X509Certificate certificate, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (now.isBefore(from)) {
            return "NOT VALID YET, for " + span(Duration.between(now, from));
        }
        return now.isAfter(until)
                ? "EXPIRED, for " + span(Duration.between(until, now))
                : "valid for another " + span(Duration.between(now, until));
    }

    private static String span(Duration span) {
        if (span.toDays() >= 2) {
            return span.toDays() + " days";
        }
        return span.toHours() >= 2 ? span.toHours() + " hours" : span.toMinutes() + " minutes";
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .map(name -> KINDS.getOrDefault((Integer) name.get(0), "kind " + name.get(0)) + ":"
                                    + (name.get(1) instanceof String text ? text : "(bytes)"))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of("(cannot be read: " + e.getMessage() + ")");
        }
    }
}
