package io.quorate.node.lsm;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.quorate.node.lsm.crashdisk.CrashAtEveryOperation;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Operation;
import io.quorate.node.lsm.crashdisk.Operation.Kind;
import io.quorate.node.lsm.crashdisk.Survivors;
import io.quorate.node.lsm.format.TreeLevel;
import io.quorate.node.lsm.statistics.StoreStatistics;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A small workload, with a crash before each operation of the disk, and what is there afterwards. */
@Tag("faults")
class CrashTest {
    private static final int BURSTS = 22;
    private static final int BURSTS_FOR_EVERYTHING = 80;
    private static final int SEEDS_FOR_A_MISSING_FORCE = 40;

    @ParameterizedTest
    @EnumSource(Survivors.class)
    void acknowledgedWritesSurviveALossOfPowerAtAnyOperation(Survivors survivors) throws IOException {
        for (long seed = 3; seed <= 4; seed++) {
            failure(seed, survivors, operation -> false).ifPresent(CrashTest::rethrow);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatWasReadAfterAKillSurvivesALossOfPower(long seed) throws IOException {
        killAndThenLosePower(seed, operation -> false).ifPresent(CrashTest::rethrow);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nothingIsReadOrAcknowledgedBeforeItIsDurable(long seed) throws IOException {
        readAndAcknowledgeWhatIsDurable(seed, Operation.none());
    }

    @Test
    void aReadOfWhatIsNotDurableIsNoticed() {
        assertThrows(AssertionError.class, () -> readAndAcknowledgeWhatIsDurable(1, Operation.of(Kind.FORCE, "log-")));
    }

    private static void readAndAcknowledgeWhatIsDurable(long seed, Predicate<Operation> omitted) throws IOException {
        CrashedStore crashed = new CrashedStore(seed);
        crashed.open();
        crashed.requireDurable();
        crashed.disk.faults().omit(omitted);
        crashed.work(BURSTS);
        crashed.requireNotStopped();
        crashed.close();
    }

    @Test
    void theWorkloadReachesEverythingThatWritesToDisk() throws IOException {
        CrashedStore crashed = new CrashedStore(1);
        crashed.open();
        crashed.work(BURSTS_FOR_EVERYTHING);
        StoreStatistics statistics = crashed.store.statistics();
        assertTrue(statistics.figures().memtables().flushedBytes() > 0, statistics::toString);
        assertTrue(statistics.compaction().figures().merges() > 3, statistics::toString);
        assertTrue(statistics.compaction().figures().trivialMoves() > 0, statistics::toString);
        assertTrue(statistics.compaction().levels().get(TreeLevel.BOTTOM).tableCount() > 2, statistics::toString);
        assertTrue(statistics.figures().pauses().delays() > 0, statistics::toString);
        assertTrue(statistics.figures().pauses().stalls() > 0, statistics::toString);
        assertTrue(tablesWrittenAtOnce(crashed.disk.trace()) > 2, statistics::toString);
        assertTrue(crashed.disk.trace().stream()
                .anyMatch(operation ->
                        operation.kind() == Kind.RENAME && operation.name().startsWith("log-")));
        assertTrue(crashed.disk.trace().stream()
                .anyMatch(operation -> operation.kind() == Kind.DELETE
                        && operation.name().startsWith("log-")
                        && operation.index() > 20));
        crashed.close();
    }

    private static int tablesWrittenAtOnce(List<Operation> trace) {
        Set<String> begun = new HashSet<>();
        int most = 0;
        for (Operation operation : trace) {
            if (operation.name().startsWith("table-") && operation.kind() == Kind.CREATE) {
                begun.add(operation.name());
            } else if (operation.kind() == Kind.FORCE) {
                begun.remove(operation.name());
            }
            most = Math.max(most, begun.size());
        }
        return most;
    }

    /** Every force in the store. Without any one of them, a crash somewhere loses what it must not. */
    enum Force {
        GROUP_OF_WRITES(each -> isForce(each, "log-") && each.nth() > 0),
        START_OF_LOG_SEGMENT(each -> isForce(each, "log-") && each.nth() == 0),
        NAME_OF_LOG_SEGMENT(each -> isNameForce(each, "log-")),
        START_OF_MANIFEST(each -> isForce(each, "manifest-") && each.nth() == 0),
        EDIT_OF_MANIFEST(each -> isForce(each, "manifest-") && each.nth() > 0),
        NAME_OF_MANIFEST(each -> isNameForce(each, "manifest-")),
        CONTENT_OF_CURRENT(each -> isForce(each, "CURRENT")),
        NAME_OF_CURRENT(each -> isNameForce(each, "CURRENT")),
        CONTENT_OF_TABLE(each -> isForce(each, "table-")),
        NAME_OF_TABLE(each -> isNameForce(each, "table-"));

        private final Predicate<Operation> operations;

        Force(Predicate<Operation> operations) {
            this.operations = operations;
        }

        private static boolean isForce(Operation each, String prefix) {
            return Operation.of(Kind.FORCE, prefix).test(each);
        }

        private static boolean isNameForce(Operation each, String prefix) {
            return Operation.of(Kind.FORCE_DIRECTORY, prefix).test(each);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutThisForceACrashLosesSomething(Force force) throws IOException {
        for (long seed = 1; seed <= SEEDS_FOR_A_MISSING_FORCE; seed++) {
            for (Survivors survivors : Survivors.values()) {
                if (failure(seed, survivors, force.operations).isPresent()) {
                    return;
                }
            }
            if (killAndThenLosePower(seed, force.operations).isPresent()) {
                return;
            }
        }
        fail("no crash in " + SEEDS_FOR_A_MISSING_FORCE + " seeds needed " + force);
    }

    private static void rethrow(AssertionError failure) {
        throw failure;
    }

    /** Loses power at each operation of the workload. Empty if no check fails. */
    private static Optional<AssertionError> failure(long seed, Survivors survivors, Predicate<Operation> omitted)
            throws IOException {
        return CrashAtEveryOperation.failure(
                "seed " + seed + ", " + survivors,
                () -> new Scenario(seed, omitted, crashed -> {
                    crashed.disk.losePower(survivors, crashed.random());
                    crashDuringRecovery(crashed, survivors);
                    goOn(crashed);
                }));
    }

    /** Kills the process at each operation, starts it, reads, and then loses power. */
    private static Optional<AssertionError> killAndThenLosePower(long seed, Predicate<Operation> omitted)
            throws IOException {
        return CrashAtEveryOperation.failure(
                "seed " + seed + ", kill",
                () -> new Scenario(seed, omitted, crashed -> {
                    crashed.disk.killProcess();
                    crashed.open();
                    crashed.verify();
                    crashed.disk.losePower(anySurvivors(crashed), crashed.random());
                    goOn(crashed);
                }));
    }

    private interface Aftermath {
        void check(CrashedStore crashed) throws IOException;
    }

    private record Scenario(CrashedStore crashed, Aftermath aftermath) implements CrashAtEveryOperation.Scenario {
        Scenario(long seed, Predicate<Operation> omitted, Aftermath aftermath) throws IOException {
            this(new CrashedStore(seed), aftermath);
            crashed.disk.faults().omit(omitted);
        }

        @Override
        public CrashDisk disk() {
            return crashed.disk;
        }

        @Override
        public boolean run() throws IOException {
            boolean over = runUntilCrash(crashed);
            aftermath.check(crashed);
            return over;
        }
    }

    private static Survivors anySurvivors(CrashedStore crashed) {
        return Survivors.values()[crashed.random().nextInt(Survivors.values().length)];
    }

    /** True if the workload was over before the crash came. */
    private static boolean runUntilCrash(CrashedStore crashed) throws IOException {
        CrashDisk disk = crashed.disk;
        try {
            crashed.open();
        } catch (IOException e) {
            if (!disk.isCrashed()) {
                throw e;
            }
            return false;
        }
        crashed.work(BURSTS);
        return !disk.isCrashed();
    }

    private static void crashDuringRecovery(CrashedStore crashed, Survivors survivors) throws IOException {
        crashed.disk.crashAt(crashed.random().nextInt(30));
        try {
            crashed.open();
            crashed.verify();
        } catch (IOException e) {
            if (!crashed.disk.isCrashed()) {
                throw e;
            }
        }
        crashed.disk.losePower(survivors, crashed.random());
    }

    /** The store after the crash is a whole one: it is complete, takes writes, closes and opens. */
    private static void goOn(CrashedStore crashed) throws IOException {
        crashed.open();
        crashed.verify();
        crashed.work(8);
        crashed.close();
        crashed.disk.losePower(Survivors.NOTHING, crashed.random());
        crashed.open();
        crashed.verify();
        crashed.close();
    }
}
