package io.quorate.deploy.audit;

import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import io.quorate.coordinator.api.access.AccessAudit;
import io.quorate.coordinator.api.access.AuditedKind;
import io.quorate.deploy.audit.AuditQueue.AuditBatch;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit of a process. A request never waits for the disk: a line without room in the queue is dropped and counted,
 * and so is one of a stranger if there are too many of them. Lines are written soon, and not forced to the disk.
 *
 * <p>Threads: event loops add lines, and one thread runs {@link #write}.
 */
public final class AuditLog implements AccessAudit {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final long QUEUE_BYTES_MAX = 4 << 20;

    private final AuditQueue queue = new AuditQueue(QUEUE_BYTES_MAX);
    private final StrangerLines strangers;
    private final AuditLine lines;
    private final AuditFile file;
    private final Path path;
    private final boolean withWrites;
    /** Of the thread that writes. */
    private boolean failing;

    /**
     * @param bytesMax size of a file
     * @param kept how many full files stay beside the one that grows
     * @param withWrites whether it has puts and deletes too
     */
    public AuditLog(Path path, long bytesMax, int kept, boolean withWrites, NodeId node, Clock clock) {
        this.path = path;
        this.file = new AuditFile(path, bytesMax, kept);
        this.withWrites = withWrites;
        this.lines = new AuditLine(node, clock);
        this.strangers = new StrangerLines(clock);
    }

    /** @throws IOException if nothing can be written there */
    public void open() throws IOException {
        file.append(new byte[0]);
    }

    @Override
    public boolean wants(AuditedKind kind) {
        return switch (kind) {
            case READ -> false;
            case WRITE -> withWrites;
            case OPERATION, LOGIN, LOGOUT -> true;
        };
    }

    @Override
    public void admitted(AuditedKind kind, String principal, HttpServerRequest request, Optional<Key> key) {
        queue.add(lines.admitted(word(kind), principal, request, key));
    }

    /** {@code what} in a line. */
    private static String word(AuditedKind kind) {
        return switch (kind) {
            case READ -> "read";
            case WRITE -> "write";
            case OPERATION -> "operation";
            case LOGIN -> "login";
            case LOGOUT -> "logout";
        };
    }

    @Override
    public void denied(Optional<String> principal, HttpServerRequest request, int status, Optional<Key> key) {
        if (principal.isPresent() || mayAddStranger()) {
            queue.add(lines.denied(principal, request, status, key));
        }
    }

    @Override
    public void crowded(String address) {
        if (mayAddStranger()) {
            queue.add(lines.crowded(address));
        }
    }

    private boolean mayAddStranger() {
        boolean may = strangers.mayAdd();
        if (!may) {
            queue.countDropped(1);
        }
        return may;
    }

    /** Lines that are in no file. */
    public long dropped() {
        return queue.dropped();
    }

    /** Writes lines until {@link #close}. */
    public void write() {
        for (Optional<AuditBatch> batch = queue.takeAll(); batch.isPresent(); batch = queue.takeAll()) {
            write(batch.get());
        }
        try {
            file.close();
        } catch (IOException e) {
            LOG.error("cannot close the audit file {}: {}", path, e.toString());
        }
    }

    private void write(AuditBatch batch) {
        try {
            file.append(batch.bytes());
            failing = false;
        } catch (IOException e) {
            queue.countDropped(batch.lines());
            if (!failing) {
                LOG.error("cannot write to the audit file {}, and its lines are dropped: {}", path, e.toString());
            }
            failing = true;
        }
    }

    /** Ends {@link #write} when all lines are written. */
    public void close() {
        queue.close();
    }
}
