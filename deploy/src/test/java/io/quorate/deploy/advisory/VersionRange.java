package io.quorate.deploy.advisory;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.apache.maven.artifact.versioning.ComparableVersion;

/**
 * Versions with a fault, in Maven's order. It ends at one of two versions, or nowhere.
 *
 * @param introduced the first, or 0 for all from the beginning
 * @param fixed the first without the fault, or null
 * @param lastAffected the last with it, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record VersionRange(String introduced, String fixed, String lastAffected) {
    private static final String BEGINNING = "0";

    boolean contains(String version) {
        ComparableVersion at = new ComparableVersion(version);
        return (BEGINNING.equals(introduced) || at.compareTo(new ComparableVersion(introduced)) >= 0)
                && (fixed == null || at.compareTo(new ComparableVersion(fixed)) < 0)
                && (lastAffected == null || at.compareTo(new ComparableVersion(lastAffected)) <= 0);
    }
}
