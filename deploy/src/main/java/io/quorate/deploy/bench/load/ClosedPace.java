package io.quorate.deploy.bench.load;

/**
 * Each client sends its next request when the last one has ended.
 *
 * @param clients each has one connection
 */
public record ClosedPace(int clients) implements Pace {
    @Override
    public <T> T match(PaceCases<T> cases) {
        return cases.closed(this);
    }
}
