package io.quorate.deploy.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.quorate.deploy.log.DefectLog;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/** What would make a simulation lie, or a message get lost, and so happens only at the places named here. */
@AnalyzeClasses(packages = "io.quorate", importOptions = ServerClasses.class)
final class BannedCallsTest {
    @ArchTest
    static final ArchRule onlyTheClockAsksTheMachineForTheTime = noClasses()
            .that()
            .resideOutsideOfPackage("io.quorate.common.time")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethodWhere(target(owner(assignableTo(Clock.class))))
            .orShould()
            .callMethod(Instant.class, "now")
            .as("only common.time asks the machine for the time");

    @ArchTest
    static final ArchRule threadsAreMadeInNamedPlacesOnly = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.quorate.node.threads",
                    "io.quorate.deploy.process",
                    "io.quorate.deploy.client",
                    "io.quorate.deploy.local..",
                    "io.quorate.deploy.terminal")
            .should()
            .callConstructorWhere(target(owner(assignableTo(Thread.class))))
            .orShould()
            .callMethodWhere(target(owner(assignableTo(Executors.class))))
            .as("threads are made in node.threads and deploy's process, client, local and terminal only");

    @ArchTest
    static final ArchRule nothingRunsOnAPoolThatNobodyNamed = noClasses()
            .should()
            .callMethodWhere(
                    target(owner(assignableTo(CompletableFuture.class))).and(target(nameMatching(".*Async"))))
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .as("no *Async of CompletableFuture, no Thread.sleep");

    /** A second receiver would take the defects away from the first, which counts them. */
    @ArchTest
    static final ArchRule defectsHaveOneReceiver = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(DefectLog.class.getName())
            .should()
            .callMethod(Thread.class, "setDefaultUncaughtExceptionHandler", Thread.UncaughtExceptionHandler.class)
            .as("only the log of defects receives what nobody caught");

    @ArchTest
    static final ArchRule chanceComesThroughASeam = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocalRandom.class)
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule onlyTheCommandLineWritesToTheConsole = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethodWhere(describe(
                    "a stack trace is printed",
                    call -> call.getName().equals("printStackTrace")
                            && call.getTargetOwner().isAssignableTo(Throwable.class)))
            .as("picocli's streams and the log are the only ways to the console");

    /**
     * A fault in a mapping stalls all threads at the next safepoint, and an error of the disk there kills the process.
     */
    @ArchTest
    static final ArchRule noFileIsMappedIntoMemory = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(MappedByteBuffer.class)
            .orShould()
            .callMethodWhere(target(nameMatching("map")).and(target(owner(assignableTo(FileChannel.class)))));
}
