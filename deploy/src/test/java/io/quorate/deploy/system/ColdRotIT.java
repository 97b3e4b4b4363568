package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tables of n3 that nobody reads rot, or are lost. The others go on, and fill it after a wipe. */
@Tag("faults")
final class ColdRotIT {
    private static final int KEYS = 3_000;
    private static final int VALUE_BYTES = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree("memtableBytes: 1048576\n");

    @Test
    void aPassFindsAFlippedByteAndNamesItsPlace() throws IOException {
        fill();
        Path table = largestTable();
        long at = Files.size(table) / 2;
        flip(table, at);

        assertEquals(202, cluster.client().hurry(cluster.node(1)).statusCode());

        await("the damage").atMost(PATIENCE).until(() -> damages().size() > 0);
        JsonObject damage = damages().getJsonObject(0);
        assertEquals(table.toString(), damage.getString("file"));
        assertTrue(damage.getLong("offset") <= at, damage::encode);
        assertTrue(three().log().contains(table.getFileName() + " is corrupt at offset"), three()::log);
        awaitVotingStatus("damaged");
        itIsFilledAfterAWipe();
    }

    @Test
    void aLostTableIsFoundByTheNextStart() throws IOException {
        fill();
        Path table = largestTable();
        three().kill();
        Files.delete(table);
        cluster.startAndAwaitReady(three());
        awaitVotingStatus("damaged");
        assertTrue(three().log().contains(table.getFileName().toString()), three()::log);
        itIsFilledAfterAWipe();
    }

    private void fill() {
        Random random = new Random(7);
        byte[] value = new byte[VALUE_BYTES];
        for (int i = 0; i < KEYS; i++) {
            random.nextBytes(value);
            assertEquals(
                    201,
                    cluster.client()
                            .put(cluster.node(1), "key-" + i, Buffer.buffer(value))
                            .statusCode());
        }
        await("tables").atMost(PATIENCE).until(() -> tables().count() > 0);
    }

    private void itIsFilledAfterAWipe() {
        assertEquals(200, cluster.client().get(three(), "key-0").statusCode(), "it serves through the others");
        three().terminate();
        three().awaitEnd(Duration.ofSeconds(20));
        three().startWiped();
        cluster.awaitReady(three());
        awaitVotingStatus("filling");
        assertEquals(202, cluster.client().hurry(cluster.node(1)).statusCode());
        await("a pass that fills it").atMost(PATIENCE).until(() -> storedBytes() >= KEYS * VALUE_BYTES);
    }

    /** What n3 stored since its start. It shows nobody its records while it is filled. */
    private long storedBytes() {
        return cluster.client()
                .send(cluster.client().request(HttpMethod.GET, cluster.node(1), "/v1/nodes/n3"))
                .bodyAsJsonObject()
                .getJsonObject("store")
                .getLong("userBytes");
    }

    private JsonArray damages() {
        return cluster.client().convergence(three()).getJsonArray("damages");
    }

    private void awaitVotingStatus(String status) {
        await(status).atMost(PATIENCE).until(() -> cluster.client()
                .cluster(cluster.node(1))
                .votingStatusOf(three())
                .equals(status));
    }

    private LocalNode three() {
        return cluster.node(3);
    }

    private Path largestTable() throws IOException {
        return tables().max(Comparator.comparingLong(file -> file.toFile().length()))
                .orElseThrow();
    }

    private Stream<Path> tables() throws IOException {
        try (Stream<Path> files = Files.list(three().folder().resolve("data"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("table-")).toList().stream();
        }
    }

    private static void flip(Path file, long offset) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, offset);
            one.flip();
            one.put(0, (byte) ~one.get(0));
            channel.write(one, offset);
        }
    }
}
