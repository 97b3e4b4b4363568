package io.quorate.deploy.simulation.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectedSchedulesTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aWriteSortsAboveAnAcceptedProposalThatNoRegisterShows(long seed) {
        assertEquals(Optional.empty(), new WriteAfterProposalFromTheFuture().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aReplicaKeepsItsPromiseAcrossARestart(long seed) {
        assertEquals(Optional.empty(), new AcceptBelowPromise().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aProposalThatAReadShowedIsChosen(long seed) {
        assertEquals(Optional.empty(), new ReadOfUnchosenProposal().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aWriteThatAConditionFailedOnIsThereForEveryone(long seed) {
        assertEquals(Optional.empty(), new RefusalByUnstoredWrite().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anOvertakenProposalIsNotFinished(long seed) {
        assertEquals(Optional.empty(), new OvertakenProposal().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aRequestThatWasAcceptedIsRememberedAcrossALossOfPower(long seed) {
        assertEquals(Optional.empty(), new RequestAcceptedAtPowerLoss().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aWriteThatOneReplicaAcceptedIsNeverRefused(long seed) {
        assertEquals(Optional.empty(), new AcceptedByOneThatIsGone().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aScanDoesNotShowAValueThatWasDeletedElsewhere(long seed) {
        assertEquals(Optional.empty(), new ScanOfDeletedKey().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void aClockThatJumpsNeitherShortensNorProlongsALease(long seed) {
        assertEquals(Optional.empty(), new ClockJumpDuringLease().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aWriteDoesNotCountAReplicaThatWasEmptied(long seed) {
        assertEquals(Optional.empty(), new WriteBesideEmptiedReplica().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aReadLeavesAConditionalWriteUnderWayItsBallot(long seed) {
        assertEquals(Optional.empty(), new ReadsBesideConditionalWrites().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aLeaseThatWasChosenAndNotStoredIsNotShownAfterItsEnd(long seed) {
        assertEquals(Optional.empty(), new LeaseOfADeadHolder().apply(seed));
    }
}
