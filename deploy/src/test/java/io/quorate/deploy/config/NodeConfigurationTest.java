package io.quorate.deploy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.coordinator.api.http.HttpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeConfigurationTest {
    private static final String LEAST = """
            clusterId: local
            nodeId: n1
            dataDirectory: data
            members:
              - {id: n1, host: 127.0.0.1, port: 7101}
              - {id: n2, host: 127.0.0.1, port: 7102}
              - {id: n3, host: 127.0.0.1, port: 7103}
            """;

    @TempDir
    Path folder;

    @Test
    void everythingButTheNamesTheFolderAndTheMembersHasADefault() throws Exception {
        NodeConfiguration node = read(LEAST);

        assertEquals("n1", node.nodeId().name());
        assertEquals(3, node.members().size());
        assertEquals(7101, node.peerPort());
        assertEquals("127.0.0.1", node.peerHost());
        assertEquals(32 << 20, node.memtableBytes());
        assertEquals(64 << 20, node.ballastBytes());
        assertEquals("local", node.coordinator().clusterId().name());
        assertEquals("127.0.0.1", node.coordinator().httpHost());
        assertEquals(7001, node.coordinator().httpPort());
        assertEquals(1 << 20, node.coordinator().requests().valueBytesMax());
        assertEquals(2_000, node.coordinator().requests().requestTimeoutMs());
        assertEquals(60_000, node.coordinator().requests().requestTimeoutMsMax());
        assertEquals(100, node.coordinator().peers().heartbeatMs());
        assertEquals(500, node.coordinator().peers().silentMs());
        assertEquals(500, node.coordinator().peers().clockSkewMsMax());
        assertEquals(5_000, node.coordinator().serving().drainTimeoutMs());
    }

    @Test
    void limitsOfTheMachineAreDerivedUnlessTheyAreSet() throws Exception {
        ServingOptions derived = read(LEAST).coordinator().serving();
        assertEquals(
                derived,
                read(LEAST + "eventLoops: 0\nconnectionsMax: 0\nconnectionsPerAddressMax: 0\n")
                        .coordinator()
                        .serving());
        assertTrue(derived.loops().count() >= 1);
        assertTrue(derived.connections() >= 16);
        assertEquals(derived.connections() / 4, derived.connectionsPerAddress());

        ServingOptions set = read(LEAST + "eventLoops: 3\nconnectionsMax: 100\n")
                .coordinator()
                .serving();
        assertEquals(3, set.loops().count());
        assertEquals(100, set.connections());
        assertEquals(25, set.connectionsPerAddress());
        assertEquals(List.of("connectionsMax"), fieldsOf(refusedWith(LEAST + "connectionsMax: 5\n")));
    }

    @Test
    void aRelativeDataDirectoryStartsAtTheFolderOfTheFile() throws Exception {
        assertEquals(folder.toAbsolutePath().resolve("data"), read(LEAST).dataDirectory());
    }

    @Test
    void faultsAreForLoopbackAddressesOnly() throws Exception {
        String faults = "faultsFile: faults.json\n";
        assertEquals(Optional.empty(), read(LEAST).faultsFile());
        assertEquals(
                Optional.of(folder.toAbsolutePath().resolve("faults.json")),
                read(LEAST + faults).faultsFile());

        String open = faults + "insecureNetwork: i-understand\n";
        for (String reachable : List.of(
                LEAST + open + "httpHost: 0.0.0.0\n",
                LEAST + open + "peerHost: 10.0.0.1\n",
                LEAST.replace("{id: n2, host: 127.0.0.1", "{id: n2, host: db2.example") + open)) {
            assertEquals(List.of("faultsFile"), fieldsOf(refusedWith(reachable)), reachable);
        }
    }

    @Test
    void jsonIsReadByTheSameRules() throws Exception {
        Path file = folder.resolve("node.json");
        Files.writeString(file, """
                {"clusterId": "local", "nodeId": "n1", "dataDirectory": "/data", "httpPort": 8080,
                 "members": [{"id": "n1", "host": "127.0.0.1", "port": 7101}]}
                """);

        NodeConfiguration node = NodeConfiguration.read(file, Map.of());

        assertEquals(8080, node.coordinator().httpPort());
        assertEquals(Path.of("/data"), node.dataDirectory());
    }

    @Test
    void everyMistakeIsReportedAtOnce() {
        ConfigurationException refused = refusedWith("""
                clusterId: not a name
                nodeId: n1
                httpPort: 70000
                requestTimeoutMs: soon
                insecureNetwork: true
                htttpHost: 127.0.0.1
                members:
                  - {id: n1, host: 127.0.0.1, port: 7101}
                  - {id: n2, host: 127.0.0.1}
                """);

        assertEquals(
                List.of(
                        "dataDirectory",
                        "clusterId",
                        "httpPort",
                        "members[1].port",
                        "insecureNetwork",
                        "requestTimeoutMs",
                        "htttpHost"),
                fieldsOf(refused));
        assertTrue(refused.getMessage().contains("node.yaml: 7 errors, nothing was started"), refused::getMessage);
    }

    @Test
    void anUnknownOptionIsRefusedWithWhatWasProbablyMeant() {
        ConfigurationException refused = refusedWith(LEAST + "heartBeatsMs: 100\n");

        assertTrue(refused.getMessage().contains("heartBeatsMs: no such option; did you mean heartbeatMs?"));
    }

    @Test
    void anUnknownOptionLikeNoOtherGetsTheListOfAll() {
        ConfigurationException refused = refusedWith(LEAST + "replicationFactor: 3\n");

        assertTrue(refused.getMessage()
                .contains("allowed: accessFile, adminPort, allowedOrigins, auditFile, auditFileMib"));
    }

    /** A token is a secret, and TLS alone would let everybody in. */
    @Test
    void tlsAndAnAccessFileBelongTogether() {
        String tls = "tlsCertificate: n1.crt\ntlsKey: n1.key\ntlsCa: ca.crt\n";
        assertTrue(refusedWith(LEAST + tls).getMessage().contains("accessFile: it is missing, and there is TLS"));
        assertTrue(
                refusedWith(LEAST + "accessFile: access.yaml\n").getMessage().contains("accessFile: there is no TLS"));
        assertTrue(refusedWith(LEAST + "auditFile: audit.log\n")
                .getMessage()
                .contains("auditFile: there is no accessFile"));
        assertTrue(refusedWith(LEAST + "auditWrites: true\n").getMessage().contains("auditWrites: there is no audit"));
    }

    @Test
    void aProcessWithRulesHasAnAuditUnlessItSaysNone() throws Exception {
        String rules = "tlsCertificate: n1.crt\ntlsKey: n1.key\ntlsCa: ca.crt\naccessFile: access.yaml\n";
        assertEquals(Optional.empty(), auditOf(LEAST));
        assertEquals(Optional.of(folder.resolve("audit-n1.log")), auditOf(LEAST + rules));
        assertEquals(
                Optional.of(Path.of("/srv/quorate/audit-n1.log")),
                auditOf(LEAST.replace("dataDirectory: data", "dataDirectory: /srv/quorate/data") + rules));
        assertEquals(Optional.of(folder.resolve("a.log")), auditOf(LEAST + rules + "auditFile: a.log\n"));
        assertEquals(Optional.empty(), auditOf(LEAST + rules + "auditFile: none\n"));
        assertEquals(
                List.of("auditWrites"), fieldsOf(refusedWith(LEAST + rules + "auditFile: none\nauditWrites: true\n")));
    }

    @Test
    void aCoordinatorHasItsAuditBesideItsConfiguration() throws Exception {
        String rules = "tlsCertificate: n1.crt\ntlsKey: n1.key\ntlsCa: ca.crt\naccessFile: access.yaml\n";
        Path file = folder.resolve("c1.yaml");
        Files.writeString(file, LEAST.replace("nodeId: n1", "nodeId: c1").replace("dataDirectory: data\n", "") + rules);

        assertEquals(
                Optional.of(folder.resolve("audit-c1.log")),
                CoordinatorConfiguration.read(file, Map.of()).audit().auditFile());
    }

    private Optional<Path> auditOf(String text) throws Exception {
        return read(text).coordinator().audit().auditFile();
    }

    @Test
    void theEnvironmentOverridesTheFile() throws Exception {
        NodeConfiguration node = read(
                LEAST + "httpPort: 8001\n", Map.of("QUORATE_HTTP_PORT", "8002", "QUORATE_VALUE_BYTES_MAX", "2048"));

        assertEquals(8002, node.coordinator().httpPort());
        assertEquals(2048, node.coordinator().requests().valueBytesMax());
    }

    @Test
    void theEnvironmentCanGiveTheMembersInOneLine() throws Exception {
        NodeConfiguration node = read(
                LEAST,
                Map.of(
                        "QUORATE_MEMBERS",
                        "[{id: n1, host: localhost, port: 7101}, {id: n9, host: 127.0.0.9, port: 1}]"));

        assertEquals("n9", node.members().get(1).id().name());
    }

    @Test
    void aMemberMaySayWhereItsClientsConnect() throws Exception {
        NodeConfiguration node = read(withMembers("""
                insecureNetwork: i-understand
                members:
                  - {id: n1, host: 127.0.0.1, port: 7101, httpPort: 7001}
                  - {id: n2, host: n2.inside, port: 7101, httpHost: n2.outside, httpPort: 80}
                  - {id: n3, host: 127.0.0.1, port: 7103}
                """));

        assertEquals(
                Optional.of(new HttpAddress("127.0.0.1", 7001)),
                node.members().get(0).http());
        assertEquals(
                Optional.of(new HttpAddress("n2.outside", 80)),
                node.members().get(1).http());
        assertEquals(Optional.empty(), node.members().get(2).http());
    }

    @Test
    void twoMembersCannotAnswerAtTheSameAddress() {
        ConfigurationException refused = refusedWith(withMembers("""
                members:
                  - {id: n1, host: 127.0.0.1, port: 7101, httpPort: 7001}
                  - {id: n2, host: 127.0.0.1, port: 7102, httpPort: 7001}
                """));

        assertTrue(refused.getMessage().contains("the httpPort of 127.0.0.1:7001 is there twice"), refused::getMessage);
    }

    @Test
    void aMistakeInTheEnvironmentNamesTheVariable() {
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> read(LEAST, Map.of("QUORATE_HTTP_PORT", "tcp://10.0.0.1:7001", "QUORATE_MEMBERS", "n1,n2")));

        assertTrue(refused.getMessage().contains("(set by QUORATE_HTTP_PORT)"), refused::getMessage);
        assertTrue(refused.getMessage().contains("members: not a list (set by QUORATE_MEMBERS)"), refused::getMessage);
    }

    @Test
    void aNodeMustBeAmongTheMembersWithItsOwnPort() {
        assertEquals(List.of("members"), fieldsOf(refusedWith(LEAST.replace("nodeId: n1", "nodeId: n4"))));
        assertEquals(List.of("peerPort"), fieldsOf(refusedWith(LEAST + "peerPort: 7102\n")));
    }

    @Test
    void membersMustBeOneToSevenAndDistinct() {
        String eight = "members:\n";
        for (int i = 1; i <= 8; i++) {
            eight += "  - {id: n" + i + ", host: 127.0.0.1, port: " + (7100 + i) + "}\n";
        }
        assertTrue(refusedWith(withMembers(eight)).getMessage().contains("8 members; allowed: 1 to 7"));

        ConfigurationException twins = refusedWith(withMembers("""
                members:
                  - {id: n1, host: 127.0.0.1, port: 7101}
                  - {id: n1, host: 127.0.0.1, port: 7101}
                """));
        assertTrue(twins.getMessage().contains("n1 is there twice"), twins::getMessage);
        assertTrue(twins.getMessage().contains("127.0.0.1:7101 is there twice"), twins::getMessage);

        assertTrue(refusedWith(withMembers("members: []\n")).getMessage().contains("0 members"));
    }

    @Test
    void anAddressThatOthersReachNeedsTlsOrTheWords() throws Exception {
        assertEquals(List.of("httpHost"), fieldsOf(refusedWith(LEAST + "httpHost: 0.0.0.0\n")));
        assertEquals(List.of("peerHost"), fieldsOf(refusedWith(LEAST + "peerHost: db.example.org\n")));
        assertTrue(refusedWith(LEAST + "httpHost: 0.0.0.0\n")
                .getMessage()
                .contains("or any with 'insecureNetwork: i-understand'"));

        String open = LEAST + "httpHost: 0.0.0.0\npeerHost: '::'\n";
        NodeConfiguration insecure = read(open + "insecureNetwork: i-understand\n");
        assertEquals("0.0.0.0", insecure.coordinator().httpHost());
        assertTrue(insecure.coordinator().isInsecure());
        String tls = "tlsCertificate: n1.crt\ntlsKey: n1.key\ntlsCa: ca.crt\naccessFile: access.yaml\n";
        assertFalse(read(open + tls).coordinator().isInsecure());
        assertFalse(read(open + tls + "insecureNetwork: i-understand\n")
                .coordinator()
                .isInsecure());
        assertFalse(read(LEAST).coordinator().isInsecure());
    }

    @Test
    void noOtherWordsOpenAnAddress() {
        for (String words : List.of("true", "yes", "'true'", "I-understand", "'i-understand '")) {
            assertEquals(
                    List.of("insecureNetwork"),
                    fieldsOf(refusedWith(LEAST + "httpHost: 0.0.0.0\ninsecureNetwork: " + words + "\n")),
                    words);
        }
    }

    @Test
    void theFormerOptionIsRefusedWithTheNewWords() {
        String words = "insecureNetwork: i-understand";
        for (String former : List.of("insecure: true\n", "insecure: false\n", "insecure:\n")) {
            ConfigurationException refused = refusedWith(LEAST + former);
            assertEquals(List.of("insecure"), fieldsOf(refused));
            assertTrue(refused.getMessage().contains(words), refused::getMessage);
        }
        ConfigurationException variable =
                assertThrows(ConfigurationException.class, () -> read(LEAST, Map.of("QUORATE_INSECURE", "true")));
        assertTrue(variable.getMessage().contains("(set by QUORATE_INSECURE)"), variable::getMessage);
        assertTrue(variable.getMessage().contains(words), variable::getMessage);
    }

    /** Whoever answers at such an address is taken for a replica. */
    @Test
    void aMemberOnAnotherMachineNeedsTlsOrTheWordsToo() throws Exception {
        String elsewhere = withMembers("""
                members:
                  - {id: n1, host: 127.0.0.1, port: 7101}
                  - {id: n2, host: 192.0.2.7, port: 7101}
                  - {id: n3, host: n3.inside, port: 7101}
                """);
        assertEquals(List.of("members"), fieldsOf(refusedWith(elsewhere)));
        assertTrue(refusedWith(elsewhere).getMessage().contains("192.0.2.7 is not this machine's loopback"));

        NodeConfiguration insecure = read(elsewhere + "insecureNetwork: i-understand\n");
        assertTrue(insecure.coordinator().isInsecure());
    }

    @Test
    void theNamesOfAProcessAreItsOwnItsMembersAndThoseThatAreListed() throws Exception {
        CoordinatorConfiguration node = read(withMembers("""
                        httpHost: localhost
                        insecureNetwork: i-understand
                        httpNames: [db.example.com, '*.pods.svc', q_1.]
                        members:
                          - {id: n1, host: n1.inside, port: 7101}
                          - {id: n2, host: n2.inside, port: 7101, httpHost: n2.outside, httpPort: 80}
                        """)).coordinator();
        assertEquals(
                Set.of("localhost", "db.example.com", "*.pods.svc", "q_1.", "n1.inside", "n2.inside", "n2.outside"),
                Set.copyOf(node.httpHosts()));
    }

    @Test
    void aNameHasNeitherSchemeNorPort() throws Exception {
        for (String wrong : List.of(
                "http://db.example.com", "db.example.com:7001", "'*'", "a.*.b", "'[::1]'", "a/b", "'a b'", "''", "1")) {
            assertEquals(List.of("httpNames"), fieldsOf(refusedWith(LEAST + "httpNames: [" + wrong + "]\n")), wrong);
        }
        assertEquals(List.of("httpNames"), fieldsOf(refusedWith(LEAST + "httpNames: db.example.com\n")));
        assertEquals(List.of(), read(LEAST).coordinator().serving().httpNames());
    }

    @Test
    void anAllowedOriginIsOneThatABrowserSends() throws Exception {
        for (String right : List.of("https://app.example.com", "http://localhost:3000", "'http://[::1]:3000'")) {
            assertEquals(
                    1,
                    read(LEAST + "allowedOrigins: [" + right + "]\n")
                            .coordinator()
                            .serving()
                            .allowedOrigins()
                            .size());
        }
        for (String wrong : List.of(
                "'*'",
                "'null'",
                "app.example.com",
                "https://*.example.com",
                "https://app.example.com/",
                "https://App.example.com",
                "https://app.example.com:443",
                "http://localhost:80",
                "ftp://app.example.com",
                "https://user@app.example.com",
                "''")) {
            assertEquals(
                    List.of("allowedOrigins"),
                    fieldsOf(refusedWith(LEAST + "allowedOrigins: [" + wrong + "]\n")),
                    wrong);
        }
        assertEquals(List.of(), read(LEAST).coordinator().serving().allowedOrigins());
    }

    @Test
    void loopbackHasManySpellings() throws Exception {
        for (String host : List.of("localhost", "127.8.9.1", "'::1'")) {
            read(LEAST + "httpHost: " + host + "\n");
        }
    }

    @Test
    void limitsThatContradictEachOtherAreRefused() {
        assertEquals(
                List.of("requestTimeoutMs", "silentMs", "peerPort", "memtableBytes"),
                fieldsOf(refusedWith(LEAST + """
                        requestTimeoutMs: 3000
                        requestTimeoutMsMax: 2000
                        silentMs: 150
                        heartbeatMs: 100
                        httpPort: 7101
                        valueBytesMax: 67108864
                        memtableBytes: 1048576
                        """)));
    }

    @Test
    void aValueOfTheWrongKindIsRefused() {
        ConfigurationException refused =
                refusedWith(withMembers("members: {n1: here}\n").replace("nodeId: n1", "nodeId: 1"));

        assertEquals(List.of("nodeId", "members"), fieldsOf(refused));
        assertEquals(List.of("members[0]"), fieldsOf(refusedWith(withMembers("members: [n1]\n"))));
    }

    @Test
    void theSameOptionTwiceIsRefusedWithItsLine() {
        ConfigurationException refused = refusedWith(LEAST + "httpPort: 1\nhttpPort: 2\n");

        assertTrue(refused.getMessage().contains("line 9"), refused::getMessage);
    }

    @Test
    void aFileThatIsMissingOrEmptyOrNoMapSaysSo() {
        assertTrue(assertThrows(
                        ConfigurationException.class,
                        () -> NodeConfiguration.read(folder.resolve("nowhere.yaml"), Map.of()))
                .getMessage()
                .contains("there is no such file"));
        assertTrue(refusedWith("").getMessage().contains("it holds no options"));
        assertTrue(refusedWith("- n1\n").getMessage().contains("it holds no options"));
        assertTrue(refusedWith("a: [\n").getMessage().contains("line "));
    }

    private static String withMembers(String members) {
        return LEAST.substring(0, LEAST.indexOf("members:")) + members;
    }

    private static List<String> fieldsOf(ConfigurationException refused) {
        return refused.problems().stream().map(ConfigurationProblem::field).toList();
    }

    private ConfigurationException refusedWith(String text) {
        return assertThrows(ConfigurationException.class, () -> read(text));
    }

    private NodeConfiguration read(String text) throws ConfigurationException, IOException {
        return read(text, Map.of());
    }

    private NodeConfiguration read(String text, Map<String, String> environment)
            throws ConfigurationException, IOException {
        Path file = folder.resolve("node.yaml");
        Files.writeString(file, text);
        return NodeConfiguration.read(file, environment);
    }
}
