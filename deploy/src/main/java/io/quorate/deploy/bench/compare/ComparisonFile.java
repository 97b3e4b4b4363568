package io.quorate.deploy.bench.compare;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What was compared, when and where. The table of a text is made of this file.
 *
 * @param day in UTC
 * @param versions of the systems
 */
record ComparisonFile(
        String day,
        int cores,
        String kernel,
        String java,
        List<String> versions,
        int rounds,
        int warmupSeconds,
        int seconds,
        long keys,
        List<ComparedRun> runs,
        List<ComparedStart> starts) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static ComparisonFile read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), ComparisonFile.class);
    }

    void write(Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    }
}
