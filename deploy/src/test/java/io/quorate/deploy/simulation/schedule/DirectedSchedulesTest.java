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

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aProposalThatARefusalSupersededIsForgottenAndNeverFinished(long seed) {
        assertEquals(Optional.empty(), new SupersededProposal().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aDeleteThatAScanShowedIsThereForEveryone(long seed) {
        assertEquals(Optional.empty(), new DeleteThatOneReplicaHas().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aKeyThatOnlyTheConsensusKnowsIsFound(long seed) {
        assertEquals(Optional.empty(), new ChosenWithoutStore().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aPageGoesNoFurtherThanTheShortestReply(long seed) {
        assertEquals(Optional.empty(), new PageOfUnequalReplicas().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aRequestThatNoHonestProcessSendsChangesNothing(long seed) {
        assertEquals(Optional.empty(), new ForgedRequests().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void aReplyThatNoHonestReplicaSendsDoesNotCount(long seed) {
        assertEquals(Optional.empty(), new ForgedReplies().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void aReplicaThatReadsItsDiskMissesNoProposal(long seed) {
        assertEquals(Optional.empty(), new ProposalStoredDuringRead().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aWriteThatOneReplicaAcceptedIsNotRefusedBecauseItsKeyWasReused(long seed) {
        assertEquals(Optional.empty(), new KeyReusedAfterAcceptance().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anIdempotencyKeyIsFreeAfterTheRetention(long seed) {
        assertEquals(Optional.empty(), new KeyReusedAfterRetention().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aStoreIsEnoughForARetryToGetItsAnswer(long seed) {
        assertEquals(Optional.empty(), new RetryWithoutOneVoter().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aVoteThatAReplicaForgotProvesNothing(long seed) {
        assertEquals(Optional.empty(), new ForgottenVote().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void aBatchOfStoresThatOneAbstentionAnswersDoesNotCount(long seed) {
        assertEquals(Optional.empty(), new AbstentionBeforeYes().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void ofTwoProposalsOnOneBaseTheChosenOneIsFinished(long seed) {
        assertEquals(Optional.empty(), new TwoProposals().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aVersionIsNotUsedAgainAfterARestart(long seed) {
        assertEquals(Optional.empty(), new SameInstantAfterRestart().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatAStoreRecoveredIsDurable(long seed) {
        assertEquals(Optional.empty(), new PowerLossAfterRecovery().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aReplicaThatWasAwayGetsWhatItMissedWithoutARead(long seed) {
        assertEquals(Optional.empty(), new ReplicaAwayForLong().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aRecordThatWasNotAcknowledgedComesAgainWithoutARead(long seed) {
        assertEquals(Optional.empty(), new StoreWithoutAcknowledgement().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void aReplicaThatForgotADeleteTakesNothingBack(long seed) {
        assertEquals(Optional.empty(), new ForgettingAtAReplica().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void aReplyTellsWhetherItIsOlderThanAForgetting(long seed) {
        assertEquals(Optional.empty(), new ForgettingDuringReads().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void aBundleThatNobodyNeedsEndsAlthoughOthersWait(long seed) {
        assertEquals(Optional.empty(), new BundleBehindHungReplicas().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void whatWasAskedBeforeAFunctionCameDoesNotDecideIt(long seed) {
        assertEquals(Optional.empty(), new FunctionDuringPrepare().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void aCoordinatorTakesNoForgottenRecordForOneThatIsThere(long seed) {
        assertEquals(Optional.empty(), new ForgettingSeenByACoordinator().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void nothingIsForgottenThatNotAllMembersHoldAlike(long seed) {
        assertEquals(Optional.empty(), new ForgettingDrivenByOne().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aDriverOfForgettingMayDieInEachStep(long seed) {
        assertEquals(Optional.empty(), new ForgettingDriverDies().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void twoNodesMayForgetTheSameKeysAtTheSameTime(long seed) {
        assertEquals(Optional.empty(), new TwoForgettingDrivers().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void aLookRefusesNoWriteThatCameAfterItBegan(long seed) {
        assertEquals(Optional.empty(), new WriteDuringLook().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void aLookRefusesNothingByARegisterThatOneReplicaHas(long seed) {
        assertEquals(Optional.empty(), new LookAtUnequalReplicas().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void aLookRefusesNothingBelowAProposalThatMayBeChosen(long seed) {
        assertEquals(Optional.empty(), new LookBelowAProposal().apply(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void aHotKeyTakesFewBallots(long seed) {
        assertEquals(Optional.empty(), new HotKey().apply(seed));
    }
}
