package io.quorate.deploy.advisory;

import java.util.List;

/**
 * What is published of one vulnerability.
 *
 * @param id as OSV calls it
 * @param aliases other names of it, such as its CVE
 * @param source where it was read
 */
record Advisory(String id, List<String> aliases, String summary, List<Affected> affected, String source) {
    /** @param library {@code GROUP:ARTIFACT} */
    record Affected(String library, List<VersionRange> ranges) {
        boolean contains(Library other) {
            return library.equals(other.name()) && ranges.stream().anyMatch(range -> range.contains(other.version()));
        }
    }

    boolean concerns(Library library) {
        return affected.stream().anyMatch(versions -> versions.contains(library));
    }

    @Override
    public String toString() {
        return id + " (" + summary + ")";
    }
}
