package io.quorate.deploy.simulation.world;

import io.quorate.coordinator.operation.OperationObserver;
import io.quorate.coordinator.operation.Outcome;
import java.util.List;
import java.util.function.Consumer;

/**
 * Observers and listeners that throw now and then. A process contains that: no other request, and no timer, may notice.
 * They throw by count and not by chance, so the seed's other draws stay as they are.
 */
public final class PlannedDefects {
    private static final int THROWS_EVERY = 5;

    private int calls;

    /** The exception that is planned. Any other one fails the run. */
    static final class PlannedDefect extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PlannedDefect() {
            super("planned", null, false, false);
        }
    }

    /** The judges see every outcome. An observer before them and one behind them throw. */
    OperationObserver around(OperationObserver judges) {
        OperationObserver broken = (kind, key, options, outcome) -> throwNowAndThen();
        return OperationObserver.all(List.of(broken, judges, broken));
    }

    /** A listener that throws after it has its outcome. */
    public Consumer<Outcome> behind(Consumer<Outcome> listener) {
        return outcome -> {
            listener.accept(outcome);
            throwNowAndThen();
        };
    }

    private void throwNowAndThen() {
        calls++;
        if (calls % THROWS_EVERY == 0) {
            throw new PlannedDefect();
        }
    }
}
