package io.quorate.deploy.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.InstanceofCheck;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A new case of a sealed type must not compile until every place has decided about it. A method that asks for two cases
 * by {@code instanceof} has a default for all others, so such a place would forget the new one.
 */
final class SealedTypesTest {
    /** Each method with its reason. */
    private static final Set<String> AGREED = Set.of(
            // The answer to a handshake comes from outside. Any other message is refused, also a future one.
            "PeerIdentity.check");

    private final JavaClasses classes =
            new ClassFileImporter().withImportOption(new ProductionClasses()).importPackages("io.quorate");

    @Test
    void noMethodChoosesBetweenCasesByInstanceof() {
        Set<String> found = classes.stream()
                .flatMap(each -> each.getCodeUnits().stream())
                .filter(SealedTypesTest::choosesBetweenCases)
                .map(unit -> unit.getOwner().getSimpleName() + "." + unit.getName())
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(AGREED, found);
    }

    @Test
    void theFamiliesOfSealedTypesAreFound() {
        JavaClass stored = classes.get("io.quorate.common.wire.Message$Stored");
        Set<String> families = sealedFamilies(stored).map(Class::getSimpleName).collect(Collectors.toSet());

        assertTrue(families.containsAll(Set.of("Message", "Reply")), families::toString);
    }

    private static boolean choosesBetweenCases(JavaCodeUnit unit) {
        List<JavaClass> asked = unit.getInstanceofChecks().stream()
                .map(InstanceofCheck::getRawType)
                .distinct()
                .toList();
        for (JavaClass one : asked) {
            for (JavaClass other : asked) {
                if (areCasesOfOneType(one, other)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A type and its own subtype are no alternatives. */
    private static boolean areCasesOfOneType(JavaClass one, JavaClass other) {
        if (one.isAssignableTo(other.getName()) || other.isAssignableTo(one.getName())) {
            return false;
        }
        Set<Class<?>> shared = sealedFamilies(one).collect(Collectors.toCollection(HashSet::new));
        return sealedFamilies(other).anyMatch(shared::contains);
    }

    private static Stream<Class<?>> sealedFamilies(JavaClass type) {
        return Stream.concat(
                        Stream.of(type),
                        Stream.concat(type.getAllRawInterfaces().stream(), type.getAllRawSuperclasses().stream()))
                .filter(each -> each.getPackageName().startsWith("io.quorate"))
                .<Class<?>>map(JavaClass::reflect)
                .filter(Class::isSealed);
    }
}
