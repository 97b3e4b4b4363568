package io.quorate.deploy.local.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ClusterWordsTest {
    @Test
    void aFolderIsNamedIfTheNextCommandWouldNotFindIt() {
        assertEquals("quorate cluster kill n3", typed(".quorate", Map.of()));
        assertEquals("quorate cluster kill n3", typed("/mine", Map.of("QUORATE_HOME", "/mine")));
        assertEquals("quorate cluster kill n3 --home /mine", typed("/mine", Map.of()));
        assertEquals("quorate cluster kill n3 --home 'a folder'", typed("a folder", Map.of("QUORATE_HOME", "/mine")));
    }

    @Test
    void theProgramIsTheOneThatWasTyped() {
        assertEquals("scripts/cluster kill n3", typed(".quorate", Map.of("QUORATE_COMMAND", "scripts/cluster")));
    }

    private static String typed(String home, Map<String, String> environment) {
        return ClusterWords.typed(Path.of(home), environment).line("kill n3");
    }
}
