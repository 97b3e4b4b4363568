package io.quorate.deploy.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files can be read in an order in which each uses only the ones before it. */
@AnalyzeClasses(packages = "io.quorate", importOptions = ProductionClasses.class)
final class CirclesTest {
    private static final String ROOT = "io.quorate.";

    /** Circles that are still to be opened, by module. Each counts as one file. Shorten this list, never extend it. */
    private static final List<Set<String>> STILL_TO_OPEN = List.of(
            // common
            Set.of("common.wire.ConditionCodec", "common.wire.MessageCodec"),
            // coordinator
            Set.of(
                    "coordinator.operation.Evidence",
                    "coordinator.operation.Operation",
                    "coordinator.operation.OperationContext",
                    "coordinator.operation.Outcome",
                    "coordinator.operation.consensus.ProposerOperation",
                    "coordinator.operation.register.ReadOperation",
                    "coordinator.replica.ClusterTime",
                    "coordinator.round.AcceptRound",
                    "coordinator.round.BallotRound",
                    "coordinator.round.Exchange",
                    "coordinator.round.PrepareRound",
                    "coordinator.round.QueryRound",
                    "coordinator.round.QuorumRound",
                    "coordinator.round.Round",
                    "coordinator.round.RoundContext",
                    "coordinator.round.StoreRound"),
            Set.of("coordinator.api.scan.ScanRoutes", "coordinator.api.scan.ScanStream"),
            Set.of(
                    "coordinator.console.Console",
                    "coordinator.console.EventStreams",
                    "coordinator.console.RequestWatch"),
            // node
            Set.of("node.identity.IdentityFormat", "node.identity.NodeIdentity"),
            Set.of("node.lsm.compaction.CompactionPlan", "node.lsm.compaction.Levels"),
            Set.of("node.lsm.memtable.Memtable", "node.lsm.memtable.MemtableCursor"),
            Set.of("node.lsm.wal.LogReplay", "node.lsm.wal.WritesFormat"),
            Set.of(
                    "node.lsm.table.block.AscendingCursor",
                    "node.lsm.table.block.Block",
                    "node.lsm.table.block.DescendingCursor"),
            Set.of(
                    "node.lsm.Store",
                    "node.lsm.commit.Committer",
                    "node.lsm.commit.Write",
                    "node.lsm.format.Keyspace",
                    "node.lsm.maintenance.Compactor",
                    "node.lsm.maintenance.Maintenance",
                    "node.lsm.view.RecordIterator"));

    @ArchTest
    static final ArchRule noCirclesBetweenFiles =
            slices().assignedFrom(new FilesAndFamilies()).should().beFreeOfCycles();

    /**
     * A slice is a file with its nested classes. The files of a sealed type and of those that it permits are one slice,
     * because the two name each other by the rules of the language.
     */
    private static final class FilesAndFamilies implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            if (!javaClass.getPackageName().startsWith(ROOT)) {
                return SliceIdentifier.ignore();
            }
            String file = family(file(javaClass));
            return SliceIdentifier.of(STILL_TO_OPEN.stream()
                    .filter(circle -> circle.contains(file.substring(ROOT.length())))
                    .map(circle -> String.join(", ", circle))
                    .findFirst()
                    .orElse(file));
        }

        @Override
        public String getDescription() {
            return "files and sealed families";
        }

        private static JavaClass file(JavaClass nested) {
            return nested.getEnclosingClass().map(FilesAndFamilies::file).orElse(nested);
        }

        /** The file of the outermost sealed type that permits this one; its own file if there is none. */
        private static String family(JavaClass file) {
            return Stream.concat(file.getAllRawInterfaces().stream(), file.getAllRawSuperclasses().stream())
                    .filter(type ->
                            type.getName().startsWith(ROOT) && type.reflect().isSealed())
                    .map(type -> family(file(type)))
                    .findFirst()
                    .orElse(file.getName());
        }
    }
}
