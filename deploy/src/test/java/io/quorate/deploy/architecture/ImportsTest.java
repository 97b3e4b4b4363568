package io.quorate.deploy.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.CompletableFuture;

/** The rules for imports of all modules. Only deploy has all of them on one class path. */
@AnalyzeClasses(packages = "io.quorate", importOptions = ProductionClasses.class)
final class ImportsTest {
    @ArchTest
    static final ArchRule noPackagesDependOnEachOtherInACycle =
            slices().matching("io.quorate.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule commonImportsNothingOfOurs = noClasses()
            .that()
            .resideInAPackage("io.quorate.common..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quorate.node..", "io.quorate.coordinator..", "io.quorate.deploy..");

    @ArchTest
    static final ArchRule onlyDeploySeesBothSides = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.quorate..")
            .layer("common")
            .definedBy("io.quorate.common..")
            .layer("node")
            .definedBy("io.quorate.node..")
            .layer("coordinator")
            .definedBy("io.quorate.coordinator..")
            .layer("deploy")
            .definedBy("io.quorate.deploy..")
            .whereLayer("node")
            .mayOnlyBeAccessedByLayers("deploy")
            .whereLayer("coordinator")
            .mayOnlyBeAccessedByLayers("deploy")
            .whereLayer("deploy")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule whatRunsUnderASimulatorKnowsNoVertx = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.quorate.coordinator",
                    "io.quorate.coordinator.quorum..",
                    "io.quorate.coordinator.replica",
                    "io.quorate.coordinator.replica.delay..",
                    "io.quorate.coordinator.round..",
                    "io.quorate.coordinator.operation..",
                    "io.quorate.node.replica..",
                    "io.quorate.node.convergence..",
                    "io.quorate.node.lsm..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..");

    @ArchTest
    static final ArchRule theApiAndTheConsoleReachReplicasOnlyThroughOperations = noClasses()
            .that()
            .resideInAnyPackage("io.quorate.coordinator.api..", "io.quorate.coordinator.console..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.quorate.coordinator.replica.tcp..");

    @ArchTest
    static final ArchRule whatIsWatchedDoesNotKnowTheConsole = noClasses()
            .that()
            .resideInAPackage("io.quorate.coordinator..")
            .and()
            .resideOutsideOfPackage("io.quorate.coordinator.console..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.quorate.coordinator.console..");

    @ArchTest
    static final ArchRule countingAQuorumIsPure = noClasses()
            .that()
            .resideInAPackage("io.quorate.coordinator.quorum..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("java..", "io.quorate.common.model..", "io.quorate.coordinator.quorum..");

    @ArchTest
    static final ArchRule theStoreKnowsNoMessages = noClasses()
            .that()
            .resideInAPackage("io.quorate.node.lsm..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quorate.common.wire..", "io.quorate.node.replica..", "io.quorate.node.server..");

    @ArchTest
    static final ArchRule theStoreIsBuiltInLayers = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.quorate.node.lsm..")
            .withOptionalLayers(true)
            .layer("wal, memtable, table")
            .definedBy("io.quorate.node.lsm.wal..", "io.quorate.node.lsm.memtable..", "io.quorate.node.lsm.table..")
            .layer("manifest")
            .definedBy("io.quorate.node.lsm.manifest..")
            .layer("compaction")
            .definedBy("io.quorate.node.lsm.compaction..")
            .layer("store")
            .definedBy(
                    "io.quorate.node.lsm",
                    "io.quorate.node.lsm.commit..",
                    "io.quorate.node.lsm.maintenance..",
                    "io.quorate.node.lsm.options..",
                    "io.quorate.node.lsm.recovery..",
                    "io.quorate.node.lsm.space..",
                    "io.quorate.node.lsm.statistics..",
                    "io.quorate.node.lsm.view..")
            .layer("inspect")
            .definedBy("io.quorate.node.lsm.inspect..")
            .whereLayer("inspect")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("store")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("compaction")
            .mayOnlyBeAccessedByLayers("store")
            .whereLayer("manifest")
            .mayOnlyBeAccessedByLayers("compaction", "store", "inspect");

    @ArchTest
    static final ArchRule belowTheLauncherNobodyReadsConfigurationFiles = noClasses()
            .that()
            .resideInAnyPackage("io.quorate.common..", "io.quorate.node..", "io.quorate.coordinator..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson.dataformat..", "picocli..", "ch.qos.logback..");

    @ArchTest
    static final ArchRule onlyTheDiskTouchesFiles = noClasses()
            .that()
            .resideInAPackage("io.quorate.node.lsm..")
            .and()
            .resideOutsideOfPackage("io.quorate.node.lsm.disk")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.nio.channels..");

    @ArchTest
    static final ArchRule theStoreCompletesItsCallersItself = noClasses()
            .that()
            .resideInAPackage("io.quorate.node.lsm..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(CompletableFuture.class);
}
