package io.quorate.node.lsm.inspect;

/**
 * A finding of a verification.
 *
 * @param offset in the file, in bytes, where the damaged block or frame begins
 */
public record VerificationFinding(Severity severity, String path, long offset, String what) {
    public enum Severity {
        /** Durable bytes have changed, or are gone. */
        DAMAGE,
        /** A file ends as a killed process leaves it. It would end in the same way if its last frame were damaged. */
        OPEN_END
    }

    @Override
    public String toString() {
        return path + " at offset " + offset + ": " + what;
    }
}
