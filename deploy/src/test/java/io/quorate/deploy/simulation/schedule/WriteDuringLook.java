package io.quorate.deploy.simulation.schedule;

import static io.quorate.deploy.simulation.schedule.ScriptedReplicas.KEY;
import static io.quorate.deploy.simulation.schedule.ScriptedReplicas.TERMS;

import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.ConditionFailed;
import io.quorate.coordinator.operation.consensus.Precondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Three clients create a key. When the first has done so, the second looks for all that wait, and the replies take
 * long. Meanwhile a plain write ends, and then a conditional write on that begins. The look is older than this one, and
 * must not refuse it.
 */
public final class WriteDuringLook extends DirectedSchedule {
    private static final Precondition ABSENT = new Precondition.Absent();

    @Override
    Optional<String> play(long seed) {
        List<Outcome> ofWaiting = new ArrayList<>();
        Version[] written = {null};
        ScriptedReplicas replicas = new ScriptedReplicas(new SlowLooks());
        Outcome late = replicas.ask((coordinator, listener) -> {
            create(coordinator, created -> writeAndReplace(coordinator, written, listener));
            create(coordinator, ofWaiting::add);
            create(coordinator, ofWaiting::add);
        });
        if (!(late instanceof Applied)) {
            return Optional.of("I8: a write began after one had ended at " + written[0] + ", and ends as " + late);
        }
        long looks =
                replicas.asked(Query.class).stream().filter(SlowLooks::isLook).count();
        return ofWaiting.stream().allMatch(ConditionFailed.class::isInstance) && looks == 4
                ? Optional.empty()
                : Optional.of("Look: two rounds of looks ask a majority, and here " + looks
                        + " were asked. Two that waited " + "for the creation end as " + ofWaiting);
    }

    private static void create(Coordinator coordinator, Consumer<Outcome> listener) {
        coordinator.writeIf(KEY, Value.of("created"), ABSENT, TERMS, listener);
    }

    private static void writeAndReplace(Coordinator coordinator, Version[] written, Consumer<Outcome> listener) {
        coordinator.write(KEY, Value.of("written"), TERMS, end -> {
            written[0] = Stage.require(Applied.class, end).version();
            Precondition isWritten = new Precondition.AnyOf(Set.of(written[0]));
            coordinator.writeIf(KEY, Value.of("replaced"), isWritten, TERMS, listener);
        });
    }

    private static final class SlowLooks extends OneRegister {
        static boolean isLook(Query query) {
            return query.purpose() == Query.Purpose.READ;
        }

        @Override
        boolean isSlow(Request request) {
            return request instanceof Query query && isLook(query);
        }
    }
}
