package io.quorate.benchmark.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The results of a run of the benchmark, as a file keeps them. Tables in texts are made from such files.
 *
 * @param date when the run ended, such as {@code 2026-11-28}
 * @param cores processors of the machine
 * @param jdk feature version of the JVM
 * @param heapMb heap of each JVM
 * @param seconds for how long a closed loop was measured
 * @param rounds how often each pair ran. The outcomes are the medians
 */
record Results(String date, int cores, int jdk, int heapMb, double seconds, int rounds, List<CaseOutcome> outcomes) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Results read(Path file) throws IOException {
        return MAPPER.readValue(file.toFile(), Results.class);
    }

    void write(Path file) throws IOException {
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this);
    }

    /** The conditions in one line, then a table in Markdown for each length of values. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "RocksDB / Quorate, %s: %d cores, JDK %d, heap %d MB, closed loops of %s s, %d round(s)",
                date,
                cores,
                jdk,
                heapMb,
                seconds,
                rounds));
        lines.addAll(new Comparison(outcomes).lines());
        return lines;
    }
}
