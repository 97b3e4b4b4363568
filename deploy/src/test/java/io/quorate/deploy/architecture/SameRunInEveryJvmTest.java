package io.quorate.deploy.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.quorate.deploy.simulation.Simulation;
import java.util.IdentityHashMap;

/**
 * A seed that fails here must fail in another JVM too. Two runs in one JVM cannot show the difference: a constant of an
 * enum keeps its hash code there.
 */
@AnalyzeClasses(packagesOf = Simulation.class)
final class SameRunInEveryJvmTest {
    @ArchTest
    static final ArchRule noHashCodeIsTakenOfAnObjectOfAnyKind = noClasses()
            .should()
            .callMethod(Object.class, "hashCode")
            .orShould()
            .callMethod(System.class, "identityHashCode", Object.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(IdentityHashMap.class)
            .as("simulations take no hash code that another JVM chooses otherwise");
}
