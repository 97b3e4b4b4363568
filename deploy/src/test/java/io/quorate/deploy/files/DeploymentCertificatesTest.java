package io.quorate.deploy.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quorate.common.time.SystemClock;
import io.quorate.common.tls.CertifiedName;
import io.quorate.common.tls.CertifiedRole;
import io.quorate.coordinator.api.origin.HostNames;
import io.quorate.deploy.cluster.CommandRun;
import io.quorate.deploy.config.NodeConfiguration;
import io.quorate.deploy.tls.TlsMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The certificates that the pages of systemd and Kubernetes make are those that the nodes of their files need. The
 * commands run as they stand there.
 */
@Tag("pages")
final class DeploymentCertificatesTest {
    private static final Path SYSTEMD = Path.of("systemd/README.md");
    private static final Path KUBERNETES = Path.of("kubernetes/README.md");
    private static final YAMLMapper YAML = new YAMLMapper();

    @TempDir
    Path folder;

    @Test
    void theNodesOfSystemdStartWithTheirsAndAnswerTheirNames() throws Exception {
        Path certs = runCommandsOf(SYSTEMD, "example");
        for (int i = 1; i <= 3; i++) {
            NodeConfiguration node = read(
                    Path.of("systemd/node.yaml"),
                    certs,
                    Map.of(
                            "QUORATE_NODE_ID", "n" + i,
                            "QUORATE_TLS_CERTIFICATE", "certs/n" + i + ".crt",
                            "QUORATE_TLS_KEY", "certs/n" + i + ".key"));
            assertNamesAreAnswered(node);
            assertTrue(hosts(material(node)).contains("db" + i + ".example.com"));
        }
    }

    @Test
    void thePodsStartWithTheirsAndAnswerTheNamesOfTheirServices() throws Exception {
        Path certs = runCommandsOf(KUBERNETES, "quorate");
        JsonNode set = YAML.readTree(Path.of("kubernetes/base/statefulset.yaml").toFile());
        Path mount = Path.of(set.at("/spec/template/spec/containers/0/volumeMounts")
                .findParent("mountPath")
                .path("mountPath")
                .asText());
        assertEquals(Path.of("/var/lib/quorate"), mount);
        for (int i = 0; i < 3; i++) {
            NodeConfiguration node =
                    read(Path.of("kubernetes/base/node.yaml"), certs, podEnvironment(set, "quorate-" + i));
            assertNamesAreAnswered(node);
            Set<String> hosts = hosts(material(node));
            for (String name : List.of("quorate", "quorate.quorate.svc", "quorate.quorate.svc.cluster.local")) {
                assertTrue(hosts.contains(name), () -> name + " is none of " + hosts);
            }
            String pod = "quorate-" + i + ".quorate-peers";
            assertTrue(hosts.contains(pod), () -> pod + " is none of " + hosts);
            assertTrue(hosts.containsAll(Set.of("localhost", "127.0.0.1")), "kubectl port-forward");
        }
        assertEquals(
                "quorate-tls",
                set.at("/spec/template/spec/volumes/1/secret/secretName").asText());
        assertTrue(Files.readString(KUBERNETES).contains("create secret generic quorate-tls "));
    }

    /** As Kubernetes expands {@code $(NAME)} of earlier variables, with the folder of the test in place of its own. */
    private static Map<String, String> podEnvironment(JsonNode set, String pod) {
        Map<String, String> environment = new HashMap<>(Map.of("QUORATE_NODE_ID", pod));
        set.at("/spec/template/spec/containers/0/env").forEach(variable -> {
            if (variable.has("value")) {
                environment.put(
                        variable.path("name").asText(),
                        variable.path("value")
                                .asText()
                                .replace("$(QUORATE_NODE_ID)", pod)
                                .replace("/etc/quorate/", ""));
            }
        });
        assertEquals("certs/" + pod + ".key", environment.get("QUORATE_TLS_KEY"));
        return environment;
    }

    @Test
    void theServiceOfComposeMakesThoseOfTheNodesOnceAndLeavesThem() throws Exception {
        JsonNode services = YAML.readTree(Path.of("compose.yaml").toFile()).path("services");
        Path certs = folder.resolve("certs");
        List<String> words = new ArrayList<>();
        services.at("/certificates/command")
                .forEach(word -> words.add(word.asText()
                        .replace(
                                "/var/lib/quorate-authority",
                                folder.resolve("authority").toString())
                        .replace("/etc/quorate/certs", certs.toString())));

        makeCertificates(words);
        Map<Path, String> made = contents(certs);
        makeCertificates(words);

        assertEquals(made, contents(certs));
        assertFalse(Files.exists(certs.resolve("ca.key")), "no node sees it");
        for (String id : words.subList(3, words.size())) {
            Map<String, String> environment = new HashMap<>();
            services.at("/" + id + "/environment")
                    .properties()
                    .forEach(each ->
                            environment.put(each.getKey(), each.getValue().asText()));
            NodeConfiguration node = read(Path.of("docker/node.yaml"), certs, environment);
            assertNamesAreAnswered(node);
            assertTrue(hosts(material(node)).containsAll(Set.of(id, "localhost", "127.0.0.1")));
            assertEquals(
                    "service_completed_successfully",
                    YAML.readTree(Path.of("compose.yaml").toFile())
                            .at("/x-node/depends_on/certificates/condition")
                            .asText());
        }
    }

    private void makeCertificates(List<String> words) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of("docker/certificates").toAbsolutePath().toString()));
        command.addAll(words);
        run(command);
    }

    /** Runs it with a {@code quorate} in the path that is the program of these sources. */
    private void run(List<String> command) throws IOException {
        Path quorate = folder.resolve("quorate");
        Files.writeString(
                quorate,
                "#!/bin/sh\nexec \"" + System.getProperty("java.home") + "/bin/java\" -XX:TieredStopAtLevel=1 -cp '"
                        + System.getProperty("java.class.path") + "' io.quorate.deploy.Quorate \"$@\"\n");
        Files.setPosixFilePermissions(quorate, PosixFilePermissions.fromString("rwx------"));
        CommandRun run = CommandRun.of(Map.of("PATH", folder + ":" + System.getenv("PATH")), command);
        assertEquals(0, run.exitCode(), run::output);
    }

    private static Map<Path, String> contents(Path certs) throws IOException {
        Map<Path, String> contents = new HashMap<>();
        try (Stream<Path> files = Files.list(certs)) {
            for (Path file : files.toList()) {
                contents.put(file, Files.readString(file));
            }
        }
        return contents;
    }

    /** Runs all lines of the page that make certificates of this cluster, in their order. Returns their folder. */
    private Path runCommandsOf(Path page, String cluster) throws IOException {
        List<String> lines = Files.readAllLines(page).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("quorate cert create-") && line.contains("--cluster " + cluster + " ")
                        || line.equals("quorate cert create-ca --cluster " + cluster))
                .toList();
        assertEquals(4, lines.size(), lines::toString);
        run(List.of("sh", "-c", "cd '" + folder + "' && " + String.join(" && ", lines)));
        return folder.resolve("certs");
    }

    /** The file as it would stand beside this folder of certificates. */
    private NodeConfiguration read(Path file, Path certs, Map<String, String> environment) throws Exception {
        Path copy = certs.resolveSibling(file.getParent().getFileName() + "-node.yaml");
        Files.writeString(copy, Files.readString(file));
        return NodeConfiguration.read(copy, environment);
    }

    private static TlsMaterial material(NodeConfiguration node) throws Exception {
        CertifiedName holder = new CertifiedName(node.coordinator().clusterId(), CertifiedRole.NODE, node.nodeId());
        return node.coordinator().tls().files().orElseThrow().read(holder, SystemClock.INSTANCE);
    }

    /** A name in a certificate is of use only if the node answers to it. */
    private static void assertNamesAreAnswered(NodeConfiguration node) throws Exception {
        HostNames allowed = new HostNames(node.coordinator().httpHosts());
        for (String host : hosts(material(node))) {
            assertTrue(
                    host.contains(":") || allowed.allow(host.replace("*", "any") + ":7001"),
                    () -> node.nodeId() + " answers to no " + host);
        }
    }

    private static Set<String> hosts(TlsMaterial material) throws Exception {
        X509Certificate own = material.certificate();
        Set<String> hosts = new TreeSet<>();
        own.getSubjectAlternativeNames().stream()
                .filter(name -> name.get(0).equals(2) || name.get(0).equals(7))
                .forEach(name -> hosts.add(name.get(1).toString()));
        return hosts;
    }
}
