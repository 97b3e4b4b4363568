package io.quorate.node.lsm.inspect;

/**
 * Something that a verification found.
 *
 * @param offset where in the file, in bytes: where the block or frame begins that is not what it was
 */
public record VerificationFinding(Severity severity, String path, long offset, String what) {
    public enum Severity {
        /** What was durable there has changed, or is gone. */
        DAMAGE,
        /** A file ends as a killed process leaves it, and as it would if its last frame were damaged. */
        OPEN_END
    }

    @Override
    public String toString() {
        return path + " at offset " + offset + ": " + what;
    }
}
