package io.quorate.coordinator.replica.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.DiskId;
import io.quorate.common.model.NodeId;
import io.quorate.common.wire.Message.HandshakeRefusal;
import io.quorate.common.wire.Message.HandshakeRefusal.RefusalCause;
import io.quorate.common.wire.Message.Welcome;
import io.quorate.coordinator.replica.tcp.ConnectionTrouble.TroubleKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeerIdentityTest {
    private static final NodeId ID = new NodeId("n2");

    private static final DiskId DISK = new DiskId(2);

    private final PeerIdentity identity = new PeerIdentity(ID);
    private final List<Welcome> welcomed = new ArrayList<>();

    private static Welcome welcome(long incarnation) {
        return new Welcome(ID, incarnation, DISK, Optional.empty(), 7);
    }

    @Test
    void theReplicaThatWasDialledIsAcceptedAgainAndWithALaterIncarnation() {
        assertEquals(0, identity.incarnation());
        assertEquals(Optional.empty(), identity.disk());
        assertEquals(Optional.empty(), identity.accept(welcome(7)));
        assertEquals(Optional.empty(), identity.accept(welcome(7)));
        assertEquals(Optional.empty(), identity.accept(welcome(9)));
        assertEquals(9, identity.incarnation());
        assertEquals(Optional.of(DISK), identity.disk());
    }

    @Test
    void aWelcomeIsPassedOnAndChangesNothingBeforeItIsAccepted() {
        assertEquals(Optional.empty(), identity.check(welcome(7), welcomed::add));
        assertEquals(List.of(welcome(7)), welcomed);
        assertEquals(0, identity.incarnation());
    }

    @Test
    void anotherReplicaAtTheAddressIsNotAccepted() {
        ConnectionTrouble objection = identity.check(
                        new Welcome(new NodeId("n3"), 7, DISK, Optional.empty(), 7), welcomed::add)
                .orElseThrow();
        assertEquals(List.of(), welcomed);
        assertEquals(TroubleKind.NOT_THE_REPLICA, objection.kind());
        assertTrue(objection.consequence().startsWith("answered the handshake with Welcome"), objection::toString);
        assertEquals(0, identity.incarnation());
    }

    @Test
    void anEarlierIncarnationIsAnOlderCopyOfTheData() {
        identity.accept(welcome(7));
        assertEquals(
                Optional.of(new ConnectionTrouble(
                        TroubleKind.OLDER_COPY,
                        "came back with incarnation 6 after 7: its data directory was set back to an older copy, "
                                + "so it may have forgotten writes")),
                identity.accept(welcome(6)));
        assertEquals(7, identity.incarnation());
    }

    @Test
    void aRefusalIsPassedOn() {
        RefusalCause cause = RefusalCause.OTHER_CLUSTER;
        assertEquals(
                Optional.of(
                        new ConnectionTrouble(TroubleKind.REFUSED, "refused the handshake: " + cause + ", in detail")),
                identity.check(new HandshakeRefusal(cause, "in detail"), welcomed::add));
    }
}
