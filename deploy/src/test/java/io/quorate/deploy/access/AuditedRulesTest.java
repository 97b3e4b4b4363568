package io.quorate.deploy.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.SystemClock;
import io.quorate.common.tls.CertificateTrust;
import io.quorate.deploy.audit.AuditLog;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the audit has of an access file. */
@Timeout(60)
final class AuditedRulesTest {
    private static final String FIRST = "0123456789abcdef".repeat(4);
    private static final String SECOND = "fedcba9876543210".repeat(4);

    @TempDir
    Path folder;

    @Test
    void theAuditSaysWhatNewRulesChange() throws Exception {
        List<JsonObject> lines = lines(List.of("""
                        principals:
                          - {name: app, grants: [read:app/], tokens: [{sha256: %s}]}
                          - {name: ops, grants: [operate]}
                          - {name: idle, grants: [observe]}
                        """.formatted(FIRST), """
                        principals:
                          - {name: app, grants: [read:app/], tokens: [{sha256: %s}]}
                          - {name: ops, grants: [operate, admin]}
                          - {name: new, grants: [read]}
                        """.formatted(SECOND)));

        assertEquals(
                List.of(
                        "start app [\"read:app/\"] null +1 -0",
                        "start ops [\"operate\"] null +0 -0",
                        "start idle [\"observe\"] null +0 -0",
                        "removed idle [\"observe\"] null +0 -0",
                        "changed app [\"read:app/\"] null +1 -1",
                        "changed ops [\"operate\",\"admin\"] [\"operate\"] +0 -0",
                        "added new [\"read\"] null +0 -0"),
                lines.stream().map(AuditedRulesTest::text).toList());
        assertFalse(lines.toString().contains(SECOND.substring(0, 8)), "no digest");
    }

    @Test
    void aNewCommentInTheFileChangesNoRule() throws Exception {
        String rules = "principals: [{name: app, grants: [read]}]\n";

        assertEquals(1, lines(List.of(rules, rules + "# reviewed\n")).size());
    }

    private static String text(JsonObject line) {
        return line.getString("change") + " " + line.getString("name") + " " + line.getJsonArray("grants") + " "
                + line.getJsonArray("grantsBefore") + " +" + line.getInteger("tokensAdded") + " -"
                + line.getInteger("tokensRemoved");
    }

    /** Brings one content of the file after the other into use. */
    private List<JsonObject> lines(List<String> contents) throws IOException, AccessFileException {
        Path file = folder.resolve("access.yaml");
        Path audit = folder.resolve("audit.log");
        AuditLog log = new AuditLog(audit, 1 << 20, 1, false, new NodeId("n1"), SystemClock.INSTANCE);
        Files.writeString(file, contents.get(0));
        AccessWatch watch = AccessWatch.start(
                new AccessFile(file), new ClusterId("c"), log, CertificateTrust.nobody(SystemClock.INSTANCE));
        log.start(task -> new Thread(task, "audit").start());
        for (String content : contents) {
            Files.writeString(file, content);
            watch.look();
            watch.look();
        }
        log.close();
        return Files.readAllLines(audit).stream().map(JsonObject::new).toList();
    }
}
