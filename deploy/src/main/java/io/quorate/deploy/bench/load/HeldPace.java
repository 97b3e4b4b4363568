package io.quorate.deploy.bench.load;

/**
 * Each client connects, sends a part of a request and then waits for what the server does. When the server closes the
 * connection, the client opens another one.
 *
 * @param clients each has one connection
 */
public record HeldPace(int clients) implements Pace {
    @Override
    public <T> T match(PaceCases<T> cases) {
        return cases.held(this);
    }
}
