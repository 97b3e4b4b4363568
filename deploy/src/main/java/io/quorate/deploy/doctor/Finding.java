package io.quorate.deploy.doctor;

/**
 * What a check found.
 *
 * @param subject what was looked at, in a word or two
 * @param advice what to do; empty if nothing is
 */
record Finding(Severity severity, String subject, String detail, String advice) {
    enum Severity {
        OK,

        /** It works, and not as well as it should, or not for long. */
        WARNING,

        /** It does not work, or does not keep what it promises. */
        PROBLEM
    }

    static Finding ok(String subject, String detail) {
        return new Finding(Severity.OK, subject, detail, "");
    }

    static Finding warning(String subject, String detail, String advice) {
        return new Finding(Severity.WARNING, subject, detail, advice);
    }

    static Finding problem(String subject, String detail, String advice) {
        return new Finding(Severity.PROBLEM, subject, detail, advice);
    }
}
