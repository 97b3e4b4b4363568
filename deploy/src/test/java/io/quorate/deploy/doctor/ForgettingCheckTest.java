package io.quorate.deploy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quorate.deploy.doctor.Diagnosis.DiagnosisSeverity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForgettingCheckTest {
    private static final String OFF = "{\"forgetting\": {\"enabled\": false, \"blocked\": []}}";
    private static final String WELL = "{\"forgetting\": {\"enabled\": true, \"blocked\": []}}";
    private static final String BLOCKED = "{\"forgetting\": {\"enabled\": true, \"blocked\":"
            + " [{\"by\": \"n3\", \"why\": \"has no vote\", \"since\": \"2026-11-29T08:00:00Z\"}]}}";

    private static Optional<Diagnosis> check(String... statuses) throws JsonProcessingException {
        List<JsonNode> read = new ArrayList<>();
        for (String status : statuses) {
            read.add(new ObjectMapper().readTree(status));
        }
        return new ForgettingCheck(read).run();
    }

    @Test
    void nothingIsSaidWhereNothingIsToBeForgotten() throws JsonProcessingException {
        assertEquals(Optional.empty(), check(OFF, OFF, OFF));
        assertEquals(Optional.empty(), check());
    }

    @Test
    void oneNodeThatKnowsWhoIsInTheWayIsEnough() throws JsonProcessingException {
        assertEquals(DiagnosisSeverity.OK, check(WELL, WELL, WELL).orElseThrow().severity());
        Diagnosis kept = check(WELL, BLOCKED, WELL).orElseThrow();
        assertEquals(DiagnosisSeverity.WARNING, kept.severity());
        assertTrue(kept.toString().contains("n3 has no vote, since 2026-11-29T08:00:00Z"), kept::toString);
    }

    @Test
    void nodesWithDifferentOptionsAreNoticed() throws JsonProcessingException {
        Diagnosis differ = check(WELL, OFF, WELL).orElseThrow();
        assertEquals(DiagnosisSeverity.WARNING, differ.severity());
        assertTrue(differ.toString().contains("only 2 of 3"), differ::toString);
    }

    @Test
    void nodesThatForgetSoonerThanOthersAreNoticed() throws JsonProcessingException {
        String soon = WELL.replace("true,", "true, \"quietMs\": 3000,");
        String late = WELL.replace("true,", "true, \"quietMs\": 900000,");
        assertEquals(DiagnosisSeverity.OK, check(late, late).orElseThrow().severity());
        Diagnosis differ = check(late, soon, late).orElseThrow();
        assertEquals(DiagnosisSeverity.WARNING, differ.severity());
        assertTrue(differ.toString().contains("3000 and 900000"), differ::toString);
    }
}
