package io.quorate.deploy.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.stream.Stream;

/** The files can be read in an order in which each uses only the ones before it. */
@AnalyzeClasses(packages = "io.quorate", importOptions = ProductionClasses.class)
final class CirclesTest {
    private static final String ROOT = "io.quorate.";

    @ArchTest
    static final ArchRule noCirclesBetweenFiles =
            slices().assignedFrom(new FilesAndFamilies()).should().beFreeOfCycles();

    /**
     * A slice is a file with its nested classes. The files of a sealed type and of its permitted types are one slice,
     * because the language makes them name each other.
     */
    private static final class FilesAndFamilies implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            if (!javaClass.getPackageName().startsWith(ROOT)) {
                return SliceIdentifier.ignore();
            }
            return SliceIdentifier.of(family(file(javaClass)));
        }

        @Override
        public String getDescription() {
            return "files and sealed families";
        }

        private static JavaClass file(JavaClass nested) {
            return nested.getEnclosingClass().map(FilesAndFamilies::file).orElse(nested);
        }

        /** The file of the outermost sealed type that permits this one, or its own file without one. */
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
