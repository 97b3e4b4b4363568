package io.quorate.deploy.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rules name packages that exist: a rule about a package that was renamed would hold for ever. */
class RulesTest {
    private static final Pattern PACKAGE = Pattern.compile("\"(io\\.quorate\\.[a-z.]+?)\"");

    /** The pattern that cuts slices. It is no package. */
    private static final String SLICES = "io.quorate.(**)";

    @Test
    void everyPackageThatARuleNamesExists() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ProductionClasses())
                .importPackages("io.quorate");
        Set<String> packages =
                classes.stream().map(each -> each.getPackageName()).collect(Collectors.toCollection(TreeSet::new));
        List<String> named = Sources.all().stream()
                .filter(RulesTest::hasRules)
                .flatMap(file -> PACKAGE.matcher(Sources.text(file)).results())
                .map(match -> match.group(1))
                .distinct()
                .toList();
        assertFalse(named.isEmpty(), "no rule names a package of ours");
        List<String> unknown = named.stream()
                .filter(name -> !name.equals(SLICES))
                .filter(name -> packages.stream().noneMatch(PackageMatcher.of(name)::matches))
                .toList();
        assertEquals(List.of(), unknown, () -> "packages are " + packages);
    }

    private static boolean hasRules(Path file) {
        return Sources.text(file).contains("import com.tngtech.archunit.lang.ArchRule;");
    }
}
