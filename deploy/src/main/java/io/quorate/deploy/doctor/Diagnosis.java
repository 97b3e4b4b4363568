package io.quorate.deploy.doctor;

/**
 * What a check found.
 *
 * @param subject what was looked at, in a word or two
 * @param advice what to do; empty if nothing is
 */
record Diagnosis(DiagnosisSeverity severity, String subject, String detail, String advice) {
    enum DiagnosisSeverity {
        OK,

        /** It works, and not as well as it should, or not for long. */
        WARNING,

        /** It does not work, or does not keep what it promises. */
        PROBLEM
    }

    static Diagnosis ok(String subject, String detail) {
        return new Diagnosis(DiagnosisSeverity.OK, subject, detail, "");
    }

    static Diagnosis warning(String subject, String detail, String advice) {
        return new Diagnosis(DiagnosisSeverity.WARNING, subject, detail, advice);
    }

    static Diagnosis problem(String subject, String detail, String advice) {
        return new Diagnosis(DiagnosisSeverity.PROBLEM, subject, detail, advice);
    }
}
