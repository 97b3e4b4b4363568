package io.quorate.deploy.doctor;

import io.quorate.deploy.doctor.Diagnosis.DiagnosisSeverity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All findings in one line: how many there are, and what to do first. */
final class Summary {
    private static final String SUBJECT = "summary";

    private Summary() {}

    /** The first problem comes first, or else the first warning: checks put causes before their effects. */
    static Diagnosis of(List<Diagnosis> findings) {
        long problems = count(findings, DiagnosisSeverity.PROBLEM);
        long warnings = count(findings, DiagnosisSeverity.WARNING);
        if (problems + warnings == 0) {
            return Diagnosis.ok(SUBJECT, "all is well");
        }
        DiagnosisSeverity worst = problems > 0 ? DiagnosisSeverity.PROBLEM : DiagnosisSeverity.WARNING;
        Diagnosis first = findings.stream()
                .filter(finding -> finding.severity() == worst)
                .findFirst()
                .orElseThrow();
        List<String> counts = Stream.of(counted(problems, "problem"), counted(warnings, "warning"))
                .flatMap(Optional::stream)
                .toList();
        return new Diagnosis(
                worst,
                SUBJECT,
                Words.and(counts) + ". First: " + first.subject() + ", " + first.detail(),
                first.advice());
    }

    private static long count(List<Diagnosis> findings, DiagnosisSeverity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private static Optional<String> counted(long number, String noun) {
        return number == 0 ? Optional.empty() : Optional.of(number + " " + noun + (number == 1 ? "" : "s"));
    }
}
