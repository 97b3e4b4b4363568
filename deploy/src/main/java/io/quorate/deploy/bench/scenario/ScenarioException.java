package io.quorate.deploy.bench.scenario;

/** A scenario's file is wrong. The message says where, and what is allowed. */
final class ScenarioException extends Exception {
    private static final long serialVersionUID = 1L;

    ScenarioException(String message) {
        super(message);
    }
}
