package io.quorate.deploy.advisory;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The advisories of the libraries that ship, as a file that a build without a network can judge by.
 *
 * @param asked the day on which they were gathered
 * @param source from where
 * @param libraries whose advisories these are
 * @param accepted why an advisory does not matter here, by its id. People write these
 */
record Advisories(
        String asked, String source, List<String> libraries, Map<String, String> accepted, List<Advisory> advisories) {
    /** In the folder of the module. */
    static final Path STORED = Path.of("security", "advisories.json");

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static Advisories of(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Advisories.class);
    }

    void writeTo(Path file) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, JSON.writeValueAsString(this) + System.lineSeparator());
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The same answers to a new question. */
    Advisories with(LocalDate day, String from, List<Library> asked, List<Advisory> found) {
        return new Advisories(
                day.toString(), from, asked.stream().map(Library::name).sorted().toList(), accepted, found);
    }

    /** What is wrong with these libraries, a line each: {@code LIBRARY: ADVISORY}. */
    List<String> concerning(List<Library> shipped) {
        return shipped.stream().flatMap(this::concerning).toList();
    }

    private Stream<String> concerning(Library library) {
        return advisories.stream()
                .filter(advisory -> !accepted.containsKey(advisory.id()) && advisory.concerns(library))
                .map(advisory -> library + ": " + advisory);
    }

    /** The libraries that nobody has asked about. */
    List<String> missing(List<Library> shipped) {
        return shipped.stream()
                .map(Library::name)
                .filter(name -> !libraries.contains(name))
                .toList();
    }
}
