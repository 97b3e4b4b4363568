package io.quorate.deploy.bench.load;

/**
 * Requests are due at a rate, whatever becomes of earlier ones.
 *
 * @param perSecond more than 0
 * @param connectionsMax the group opens connections as it needs them, up to this number
 */
public record OpenPace(double perSecond, Spacing spacing, int connectionsMax) implements Pace {
    /** Independent clients arrive as a Poisson process. Even spacing is for comparisons without chance. */
    public enum Spacing {
        EVEN,
        POISSON
    }

    @Override
    public <T> T match(PaceCases<T> cases) {
        return cases.open(this);
    }
}
