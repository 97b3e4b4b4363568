package io.quorate.node;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

@AnalyzeClasses(packages = "io.quorate.node", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.quorate.node.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theStoreKnowsNeitherSocketsNorMessages = noClasses()
            .that()
            .resideInAPackage("io.quorate.node.lsm..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.quorate.common.wire..", "io.quorate.node.replica..");

    @ArchTest
    static final ArchRule onlyTheDiskTouchesFiles = noClasses()
            .that()
            .resideInAPackage("io.quorate.node.lsm..")
            .and()
            .resideOutsideOfPackage("io.quorate.node.lsm.disk")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.nio.channels..");

    /** A fault in a mapping stalls all threads at the next safepoint, and an error of the disk there kills the process. */
    @ArchTest
    static final ArchRule noFileIsMappedIntoMemory = noClasses()
            .should()
            .dependOnClassesThat()
            .areAssignableTo(MappedByteBuffer.class)
            .orShould()
            .callMethodWhere(target(nameMatching("map")).and(target(owner(assignableTo(FileChannel.class)))));

    @ArchTest
    static final ArchRule timeThreadsAndChanceComeThroughSeams = noClasses()
            .that()
            .resideInAPackage("io.quorate.node.lsm..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callConstructorWhere(target(owner(assignableTo(Thread.class))))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocalRandom.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(CompletableFuture.class);
}
