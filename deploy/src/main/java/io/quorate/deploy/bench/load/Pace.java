package io.quorate.deploy.bench.load;

/** How a group decides when it sends the next request. */
public sealed interface Pace permits OpenPace, ClosedPace, HeldPace {
    <T> T match(PaceCases<T> cases);

    /** One method for each way. */
    interface PaceCases<T> {
        T open(OpenPace pace);

        T closed(ClosedPace pace);

        T held(HeldPace pace);
    }
}
