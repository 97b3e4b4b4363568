package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.deploy.simulation.Simulation;
import io.quorate.deploy.simulation.world.SimulatedNode;
import java.util.Optional;

/** A replica that has promised a ballot, and been restarted, is asked to accept under a lower one. */
public final class AcceptBelowPromise extends DirectedSchedule {
    private static final Key KEY = Key.of("k");

    @Override
    Optional<String> play(long seed) {
        Stage stage = new Stage(seed, Simulation.options(1_000));
        SimulatedNode replica = stage.nodes().get(0);
        Record record = new Record(Version.ZERO.nextStep(), Value.of("v"), new RequestId(1, 1));
        stage.handle(replica, new Prepare(KEY, new Ballot(2, 1, 1)));
        replica.losePower();
        replica.start();
        stage.handle(replica, new Accept(KEY, new Proposal(new Ballot(1, 1, 1), record)));
        return Optional.empty();
    }
}
