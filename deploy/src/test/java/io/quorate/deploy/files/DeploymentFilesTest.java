package io.quorate.deploy.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quorate.common.model.NodeId;
import io.quorate.coordinator.api.http.HttpAddress;
import io.quorate.coordinator.api.origin.HostNames;
import io.quorate.deploy.cluster.CommandRun;
import io.quorate.deploy.config.ConfigurationException;
import io.quorate.deploy.config.Member;
import io.quorate.deploy.config.NodeConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools check their form. This test checks them against the program. */
final class DeploymentFilesTest {
    private static final Path KUBERNETES = Path.of("kubernetes/base");
    private static final YAMLMapper YAML = new YAMLMapper();

    /** To close connections and the store, beyond the draining of requests. */
    private static final int CLOSING_S = 20;

    @TempDir
    Path folder;

    @Test
    void eachPodIsAMemberThatOthersReachByItsNameInTheHeadlessService() throws Exception {
        JsonNode set = manifest("StatefulSet");
        String name = set.at("/metadata/name").asText();
        String service = set.at("/spec/serviceName").asText();
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < set.at("/spec/replicas").asInt(); i++) {
            String pod = name + "-" + i;
            members.add(new Member(
                    new NodeId(pod), pod + "." + service, configuration(pod).peerPort(), Optional.empty()));
        }
        assertEquals(configuration(name + "-0").members(), members);
        assertTrue(manifest("Service", service)
                .at("/spec/publishNotReadyAddresses")
                .asBoolean());
        assertEquals("Parallel", set.at("/spec/podManagementPolicy").asText(), "the first alone is never ready");
    }

    @Test
    void aPodHasTheTimeToCloseItsPortsAndItsPlaceForData() throws Exception {
        JsonNode pod = manifest("StatefulSet").at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");
        NodeConfiguration node = configuration("quorate-0");
        int preStopS = container.at("/lifecycle/preStop/exec/command/1").asInt();
        int neededS = preStopS + node.coordinator().serving().drainTimeoutMs() / 1000 + CLOSING_S;
        assertTrue(pod.at("/terminationGracePeriodSeconds").asInt() >= neededS, () -> "needed: " + neededS);
        assertEquals(
                node.coordinator().httpPort(),
                container.at("/ports/0/containerPort").asInt());
        assertEquals(node.peerPort(), container.at("/ports/1/containerPort").asInt());
        assertEquals(
                node.coordinator().serving().adminPort(),
                container.at("/ports/2/containerPort").asInt());
        String mount = container.at("/volumeMounts/0/mountPath").asText();
        assertTrue(
                node.dataDirectory().startsWith(mount) && !node.dataDirectory().equals(Path.of(mount)));
    }

    @Test
    void onlyReadinessIsAboutTheQuorum() throws Exception {
        JsonNode container = manifest("StatefulSet").at("/spec/template/spec/containers/0");
        assertEquals("/health/live", container.at("/livenessProbe/httpGet/path").asText());
        assertEquals(
                "admin", container.at("/livenessProbe/httpGet/port").asText(), "a busy node must not be restarted");
        assertEquals("/health/live", container.at("/startupProbe/httpGet/path").asText());
        for (String probe : List.of("livenessProbe", "startupProbe", "readinessProbe")) {
            assertEquals("HTTPS", container.at("/" + probe + "/httpGet/scheme").asText(), probe);
        }
        assertEquals(
                "/health/ready", container.at("/readinessProbe/httpGet/path").asText());
        assertTrue(Files.readString(Path.of("docker/healthy")).contains("GET /health/live "));
    }

    @Test
    void disruptionsLeaveAQuorumAndNoTwoPodsShareAMachine() throws Exception {
        assertEquals(
                1, manifest("PodDisruptionBudget").at("/spec/maxUnavailable").asInt());
        String rule = "/spec/template/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/0";
        assertEquals(
                "kubernetes.io/hostname",
                manifest("StatefulSet").at(rule + "/topologyKey").asText());
    }

    @Test
    void firstStartsAreNotAllowedUnlessSaid() throws Exception {
        assertEquals(
                "no",
                read(KUBERNETES.resolve("first-start.yaml")).at("/data/allowed").asText());
        JsonNode compose = read(Path.of("compose.yaml"));
        assertEquals(
                "${QUORATE_FIRST_START:-no}",
                compose.at("/x-environment/QUORATE_FIRST_START").asText());
    }

    @Test
    void theImageMakesADataDirectoryOnlyOnADeclaredFirstStart() throws IOException {
        Path quorate = folder.resolve("quorate");
        Files.writeString(quorate, "#!/bin/sh\necho \"$@\"\n");
        assertTrue(quorate.toFile().setExecutable(true));
        Path missing = folder.resolve("data");

        assertEquals("node --config c --init\n", start("yes", missing, "node", "--config", "c"));
        assertEquals("node --config c\n", start("no", missing, "node", "--config", "c"));
        assertEquals("node --config c\n", start("yes", folder, "node", "--config", "c"), "it is there");
        assertEquals("store verify\n", start("yes", missing, "store", "verify"));
    }

    @Test
    void eachServiceOfComposeIsAMember() throws Exception {
        List<Map.Entry<String, JsonNode>> services = composeNodes();
        assertEquals(3, services.size());
        for (Map.Entry<String, JsonNode> service : services) {
            NodeConfiguration node = composeNode(service.getKey(), Path.of("docker"));
            assertEquals(
                    service.getKey(),
                    service.getValue().at("/environment/QUORATE_NODE_ID").asText());
            String[] published = service.getValue().at("/ports/0").asText().split(":");
            assertEquals(node.coordinator().httpPort(), Integer.parseInt(published[2]));
            HttpAddress http = new HttpAddress(published[0], Integer.parseInt(published[1]));
            Member member =
                    new Member(new NodeId(service.getKey()), service.getKey(), node.peerPort(), Optional.of(http));
            assertTrue(node.members().contains(member), () -> member + " is none of " + node.members());
        }
        assertThrows(
                ConfigurationException.class,
                () -> NodeConfiguration.read(
                        Path.of("docker/node.yaml"),
                        Map.of(
                                "QUORATE_NODE_ID", "n4",
                                "QUORATE_TLS_CERTIFICATE", "certs/n4.crt",
                                "QUORATE_TLS_KEY", "certs/n4.key")));
    }

    /** By the search list of a pod's resolv.conf, and whole. */
    @Test
    void everyNameOfAServiceAndOfAPodIsAnswered() throws Exception {
        String namespace =
                read(KUBERNETES.resolve("kustomization.yaml")).path("namespace").asText();
        JsonNode set = manifest("StatefulSet");
        List<String> names = new ArrayList<>(serviceNames());
        for (int i = 0; i < set.at("/spec/replicas").asInt(); i++) {
            names.add(set.at("/metadata/name").asText() + "-" + i + "."
                    + set.at("/spec/serviceName").asText());
        }
        assertTrue(names.size() > 4, () -> "services and pods: " + names);
        HostNames allowed =
                new HostNames(configuration("quorate-0").coordinator().httpHosts());
        for (String name : names) {
            for (String ending : List.of("", ".svc", ".svc.cluster.local", ".svc.cluster.local.")) {
                String whole = ending.isEmpty() ? name : name + "." + namespace + ending;
                assertTrue(allowed.allow(whole + ":7001"), whole);
            }
            assertTrue(allowed.allow(name + "." + namespace), name);
            assertFalse(allowed.allow(name + ".example.com"), name);
        }
        assertTrue(allowed.allow("10.42.0.17:7201"), "probes and Prometheus use the pod's address");
    }

    private static List<String> serviceNames() throws IOException {
        return readAll(KUBERNETES.resolve("services.yaml")).stream()
                .map(service -> service.at("/metadata/name").asText())
                .toList();
    }

    /** Those that run a node. */
    private static List<Map.Entry<String, JsonNode>> composeNodes() throws IOException {
        return read(Path.of("compose.yaml")).path("services").properties().stream()
                .filter(service -> service.getValue().has("environment"))
                .toList();
    }

    /** The node as its environment and the file in this folder configure it. */
    private static NodeConfiguration composeNode(String id, Path folder) throws IOException, ConfigurationException {
        Map<String, String> environment = new HashMap<>();
        JsonNode service = read(Path.of("compose.yaml")).at("/services/" + id + "/environment");
        service.properties()
                .forEach(each -> environment.put(each.getKey(), each.getValue().asText()));
        environment.remove("<<");
        return NodeConfiguration.read(folder.resolve("node.yaml"), environment);
    }

    @Test
    void everyServiceOfComposeIsAnsweredByItsName() throws Exception {
        HostNames allowed =
                new HostNames(composeNode("n1", Path.of("docker")).coordinator().httpHosts());
        composeNodes().forEach(node -> assertTrue(allowed.allow(node.getKey() + ":7001"), node::getKey));
        assertFalse(allowed.allow("n4"));
    }

    @Test
    void theTargetsInTheExampleForPrometheusAreAnsweredByTheExampleNode() throws Exception {
        String readme = Files.readString(Path.of("monitoring/README.md"));
        String scrape = readme.split("```yaml\n", 2)[1].split("```", 2)[0];
        JsonNode targets = YAML.readTree(scrape).at("/scrape_configs/0/static_configs/0/targets");
        assertEquals(3, targets.size());
        HostNames allowed = new HostNames(NodeConfiguration.read(Path.of("src/dist/conf/node.yaml"), Map.of())
                .coordinator()
                .httpHosts());
        targets.forEach(target -> assertTrue(allowed.allow(target.asText()), target::asText));
    }

    @Test
    void theUnitDoesNotRestartWhatAHumanHasToLookAt() throws Exception {
        String unit = Files.readString(Path.of("systemd/quorate.service"));
        assertTrue(unit.contains("RestartPreventExitStatus=2 74\n"));
        assertFalse(unit.contains("--init"));
        assertTrue(unit.contains("--config /etc/quorate/node.yaml"));
        NodeConfiguration node = NodeConfiguration.read(Path.of("systemd/node.yaml"), Map.of());
        assertEquals("/var/lib/quorate/data", node.dataDirectory().toString());
    }

    private String start(String firstStart, Path data, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(Path.of("docker/start").toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        Map<String, String> environment = Map.of(
                "PATH",
                folder + ":" + System.getenv("PATH"),
                "QUORATE_FIRST_START",
                firstStart,
                "QUORATE_DATA_DIRECTORY",
                data.toString());
        return CommandRun.of(environment, command).output();
    }

    private static NodeConfiguration configuration(String pod) throws ConfigurationException {
        return NodeConfiguration.read(KUBERNETES.resolve("node.yaml"), podEnvironment(pod));
    }

    private static Map<String, String> podEnvironment(String pod) {
        return Map.of(
                "QUORATE_NODE_ID", pod,
                "QUORATE_TLS_CERTIFICATE", "/etc/quorate/certs/" + pod + ".crt",
                "QUORATE_TLS_KEY", "/etc/quorate/certs/" + pod + ".key");
    }

    private static JsonNode manifest(String kind) throws IOException {
        return manifest(kind, "quorate");
    }

    private static JsonNode manifest(String kind, String name) throws IOException {
        for (JsonNode file : read(KUBERNETES.resolve("kustomization.yaml")).path("resources")) {
            for (JsonNode document : readAll(KUBERNETES.resolve(file.asText()))) {
                if (document.path("kind").asText().equals(kind)
                        && document.at("/metadata/name").asText().equals(name)) {
                    return document;
                }
            }
        }
        throw new AssertionError("no " + kind + " " + name);
    }

    private static JsonNode read(Path file) throws IOException {
        return readAll(file).get(0);
    }

    private static List<JsonNode> readAll(Path file) throws IOException {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
            return documents.readAll();
        }
    }
}
