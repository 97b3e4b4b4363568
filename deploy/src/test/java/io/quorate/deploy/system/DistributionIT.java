package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quorate.deploy.cluster.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each library that ships is meant to: it is code that a process may load, and that has to be kept up to date. */
final class DistributionIT {
    private static final Path HOME = Distribution.launcher().getParent().getParent();

    private static final Set<String> LIBRARIES = Set.of(
            // ours
            "quorate-common",
            "quorate-coordinator",
            "quorate-deploy",
            "quorate-node",
            "uplot",
            // the network
            "vertx-core",
            "vertx-core-logging",
            "netty-buffer",
            "netty-codec-base",
            "netty-codec-classes-quic",
            "netty-codec-compression",
            "netty-codec-dns",
            "netty-codec-http",
            "netty-codec-http2",
            "netty-common",
            "netty-handler",
            "netty-handler-proxy",
            "netty-resolver",
            "netty-resolver-dns",
            "netty-transport",
            "netty-transport-classes-epoll",
            "netty-transport-native-epoll",
            "netty-transport-native-unix-common",
            // the commands
            "picocli",
            "jline-reader",
            "jline-terminal",
            "HdrHistogram",
            "vertx-web-client",
            "vertx-web-common",
            "vertx-auth-common",
            "vertx-uri-template",
            "bcpkix-jdk18on",
            "bcprov-jdk18on",
            "bcutil-jdk18on",
            // files, logs and metrics
            "jackson-annotations",
            "jackson-core",
            "jackson-databind",
            "jackson-dataformat-yaml",
            "snakeyaml",
            "lz4-java",
            "zstd-jni",
            "slf4j-api",
            "logback-classic",
            "logback-core",
            "logstash-logback-encoder",
            "micrometer-commons",
            "micrometer-core",
            "micrometer-observation",
            "micrometer-registry-prometheus",
            "prometheus-metrics-config",
            "prometheus-metrics-core",
            "prometheus-metrics-exposition-formats",
            "prometheus-metrics-exposition-textformats",
            "prometheus-metrics-model",
            "prometheus-metrics-tracer-common",
            "jspecify");

    @Test
    void itHoldsTheseLibrariesAndNoOthers() throws IOException {
        assertEquals(new TreeSet<>(LIBRARIES), shipped());
    }

    private static Set<String> shipped() throws IOException {
        try (Stream<Path> files = Files.list(HOME.resolve("lib"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .map(name -> name.replaceFirst("-\\d.*", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void theBillOfMaterialsNamesEachOfThemAndNothingElse() throws IOException {
        JsonNode bill = new JsonMapper().readTree(HOME.resolve("sbom.cdx.json").toFile());
        assertEquals("CycloneDX", bill.path("bomFormat").asText());
        Set<String> named = new TreeSet<>();
        bill.path("components")
                .forEach(component -> named.add(component.path("name").asText()));
        named.add(bill.at("/metadata/component/name").asText());
        assertEquals(shipped(), named);
    }
}
