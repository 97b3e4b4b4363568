package io.quorate.coordinator.replica.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.NodeId;
import io.quorate.common.wire.Message.HandshakeRefusal;
import io.quorate.common.wire.Message.HandshakeRefusal.RefusalCause;
import io.quorate.common.wire.Message.Welcome;
import io.quorate.coordinator.replica.tcp.ConnectionTrouble.TroubleKind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeerIdentityTest {
    private static final NodeId ID = new NodeId("n2");

    private final PeerIdentity identity = new PeerIdentity(ID);

    @Test
    void theReplicaThatWasDialledIsAcceptedAgainAndWithALaterIncarnation() {
        assertEquals(0, identity.incarnation());
        assertEquals(Optional.empty(), identity.check(new Welcome(ID, 7)));
        assertEquals(Optional.empty(), identity.check(new Welcome(ID, 7)));
        assertEquals(Optional.empty(), identity.check(new Welcome(ID, 9)));
        assertEquals(9, identity.incarnation());
    }

    @Test
    void anotherReplicaAtTheAddressIsNotAccepted() {
        ConnectionTrouble objection =
                identity.check(new Welcome(new NodeId("n3"), 7)).orElseThrow();
        assertEquals(TroubleKind.NOT_THE_REPLICA, objection.kind());
        assertTrue(objection.consequence().startsWith("answered the handshake with Welcome"), objection::toString);
        assertEquals(0, identity.incarnation());
    }

    @Test
    void anEarlierIncarnationIsAnOlderCopyOfTheData() {
        identity.check(new Welcome(ID, 7));
        assertEquals(
                Optional.of(new ConnectionTrouble(
                        TroubleKind.OLDER_COPY,
                        "came back with incarnation 6 after 7: its data directory was set back to an older copy, "
                                + "so it may have forgotten writes")),
                identity.check(new Welcome(ID, 6)));
        assertEquals(7, identity.incarnation());
    }

    @Test
    void aRefusalIsPassedOn() {
        RefusalCause cause = RefusalCause.OTHER_CLUSTER;
        assertEquals(
                Optional.of(
                        new ConnectionTrouble(TroubleKind.REFUSED, "refused the handshake: " + cause + ", in detail")),
                identity.check(new HandshakeRefusal(cause, "in detail")));
    }
}
