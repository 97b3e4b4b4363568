package io.quorate.deploy.audit;

import io.quorate.deploy.audit.AuditQueue.AuditBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file of an audit, with a queue before it. Its lines push out no lines of other files, on the disk or in memory.
 *
 * <p>Threads: any thread adds lines, and one that is its own writes them.
 */
final class AuditStream {
    private static final Logger LOG = LoggerFactory.getLogger(AuditStream.class);
    private static final long QUEUE_BYTES_MAX = 4 << 20;
    private static final long LAST_LINES_MS = 2_000;

    private final AuditQueue queue = new AuditQueue(QUEUE_BYTES_MAX);
    private final CountDownLatch written = new CountDownLatch(1);
    private final AuditFile file;
    private final Path path;
    /** Of the thread that writes. */
    private boolean failing;

    private volatile boolean isStarted;

    /**
     * @param bytesMax size of a file
     * @param kept how many full files stay beside the one that grows
     */
    AuditStream(Path path, long bytesMax, int kept) {
        this.path = path;
        this.file = new AuditFile(path, bytesMax, kept);
    }

    /**
     * @param writers runs each task on a thread of its own
     * @throws IOException if nothing can be written there
     */
    void start(Executor writers) throws IOException {
        file.append(new byte[0]);
        isStarted = true;
        writers.execute(this::write);
    }

    void add(byte[] line) {
        queue.add(line);
    }

    /** A line was not even added. */
    void countDropped() {
        queue.countDropped(1);
    }

    /** Lines that are in no file. */
    long dropped() {
        return queue.dropped();
    }

    private void write() {
        for (Optional<AuditBatch> batch = queue.takeAll(); batch.isPresent(); batch = queue.takeAll()) {
            write(batch.get());
        }
        try {
            file.close();
        } catch (IOException e) {
            LOG.error("cannot close the audit file {}: {}", path, e.toString());
        }
        written.countDown();
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

    /** Writes the last lines, and waits for that for a limited time. */
    void close() {
        queue.close();
        if (isStarted) {
            awaitWritten();
        }
    }

    private void awaitWritten() {
        try {
            if (!written.await(LAST_LINES_MS, TimeUnit.MILLISECONDS)) {
                LOG.error("the last lines of the audit file {} are not written after {} ms", path, LAST_LINES_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
