package io.quorate.deploy.advisory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * A library of others in the distribution.
 *
 * @param name {@code GROUP:ARTIFACT} of Maven
 */
record Library(String name, String version) {
    private static final String OUR_GROUP = "io.quorate";

    /** A purl of Maven: https://github.com/package-url/purl-spec. */
    private static final Pattern PURL = Pattern.compile("pkg:maven/([^/]+)/([^@]+)@([^?#]+).*");

    /** Those that a CycloneDX bill of materials names, without our own, in its order. */
    static List<Library> of(Path bill) throws IOException {
        JsonNode components = new JsonMapper().readTree(bill.toFile()).path("components");
        return StreamSupport.stream(components.spliterator(), false)
                .map(component -> PURL.matcher(component.path("purl").asText()))
                .filter(Matcher::matches)
                .filter(purl -> !purl.group(1).equals(OUR_GROUP))
                .map(purl -> new Library(purl.group(1) + ":" + purl.group(2), purl.group(3)))
                .toList();
    }

    @Override
    public String toString() {
        return name + ":" + version;
    }
}
