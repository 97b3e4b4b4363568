package io.quorate.deploy.advisory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quorate.deploy.cluster.Distribution;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The distribution that was built, judged by the stored advisories. */
final class ShippedLibrariesIT {
    private static final Path BILL =
            Distribution.launcher().getParent().getParent().resolve("sbom.cdx.json");

    @Test
    void noneHasAKnownVulnerability() throws IOException {
        assertEquals(List.of(), Advisories.of(Advisories.STORED).concerning(Library.of(BILL)));
    }

    /** A new library needs an answer, if only that there are no advisories. */
    @Test
    void somebodyAskedAboutEachOfThem() throws IOException {
        Advisories known = Advisories.of(Advisories.STORED);
        LocalDate.parse(known.asked());
        assertFalse(Library.of(BILL).isEmpty());
        assertEquals(List.of(), known.missing(Library.of(BILL)), "scripts/vulnerabilities asks about them");
    }
}
