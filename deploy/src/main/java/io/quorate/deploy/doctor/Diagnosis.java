package io.quorate.deploy.doctor;

/**
 * A finding of a check.
 *
 * @param subject the thing that was checked, in a word or two
 * @param advice the remedy, or empty if none is needed
 */
record Diagnosis(DiagnosisSeverity severity, String subject, String detail, String advice) {
    enum DiagnosisSeverity {
        OK,

        /** It works, but not as well as it should, or not for long. */
        WARNING,

        /** It does not work, or breaks a promise. */
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
