package io.quorate.coordinator;

/**
 * How many operations one coordinator has in flight at most. It refuses others with "nothing was applied".
 *
 * @param operationsMax of any kind
 * @param scansMax pages of scans. Each may hold several hundred kilobytes of every replica
 */
public record AdmissionLimits(int operationsMax, int scansMax) {
    public static final AdmissionLimits DEFAULTS = new AdmissionLimits(8192, 16);
}
