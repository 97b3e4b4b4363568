package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Receipt;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Accept;
import io.quorate.coordinator.operation.Outcome;
import java.util.Optional;

/**
 * After a {@link LostAcceptance}, the first replica accepts another write with the same idempotency key and another
 * body. The next promises of the first write show it. So its key was used for another write. Still the third replica
 * has the first write, and may be asked when the first replica is gone.
 */
public final class KeyReusedAfterAcceptance extends DirectedSchedule {
    @Override
    Optional<String> play(long seed) {
        LostAcceptance[] write = new LostAcceptance[1];
        write[0] = new LostAcceptance(seed, promised -> acceptAnotherBody(write[0], promised));
        Outcome told = write[0].write();
        write[0].stage().cutOff(write[0].node(1));
        return write[0].violation(told);
    }

    private static void acceptAnotherBody(LostAcceptance write, Ballot promised) {
        Receipt receipt = new Receipt(LostAcceptance.REQUEST.fingerprint() + 1, false, Long.MAX_VALUE);
        Record another = new Record(
                Version.ZERO.nextStep(),
                Value.of("another body"),
                LostAcceptance.REQUEST.request(),
                Optional.of(receipt));
        write.node(1).handle(new Accept(LostAcceptance.KEY, new Proposal(promised, another)), reply -> {});
    }
}
