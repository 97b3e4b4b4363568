package io.quorate.node.convergence.forgetting.handler;

import io.quorate.common.wire.Message.RaiseFloor;
import io.quorate.common.wire.Message.Raised;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.node.replica.age.Ages;
import io.quorate.node.replica.request.PendingReply;
import io.quorate.node.replica.request.RequestHandler;
import io.quorate.node.replica.state.AnsweredWrite;

/** RAISE FLOOR: all members had this fence before they agreed on these slots, and so did this one (I11). */
final class RaiseFloorHandler implements RequestHandler<RaiseFloor> {
    private final Ages ages;

    RaiseFloorHandler(Ages ages) {
        this.ages = ages;
    }

    @Override
    public void handle(RaiseFloor raise, PendingReply reply) {
        if (raise.floor() > ages.fence()) {
            reply.accept(new Rejected(
                    Rejected.RejectionCause.REFUSED, "a floor above the fence of this replica: " + raise.floor()));
            return;
        }
        ages.apply(
                ages.raiseFloor(raise.floor(), raise.slots()),
                new AnsweredWrite(reply, () -> reply.accept(new Raised())));
    }
}
