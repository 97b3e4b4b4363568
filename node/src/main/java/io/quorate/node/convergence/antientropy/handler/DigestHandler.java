package io.quorate.node.convergence.antientropy.handler;

import io.quorate.common.convergence.RangeDigestBuilder;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.wire.Message.Digest;
import io.quorate.common.wire.Message.Digests;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.node.convergence.antientropy.PassFigures;
import io.quorate.node.convergence.antientropy.PassMemory;
import io.quorate.node.convergence.antientropy.PassOptions;
import io.quorate.node.replica.request.PendingReply;
import io.quorate.node.replica.request.RequestHandler;
import io.quorate.node.replica.state.KeyState;
import io.quorate.node.replica.state.RegisterWalk;
import java.util.Optional;

/**
 * DIGEST: shows the digests of a range. It reads each block from the disk and checks its checksum. Together, the ranges
 * of a pass read every block that has a register.
 */
final class DigestHandler implements RequestHandler<Digest> {
    private final RangeReads reads;
    private final PacedReader reader;
    private final PassMemory memory;
    private final PassFigures figures;

    DigestHandler(RangeReads reads, PacedReader reader, PassMemory memory, PassFigures figures) {
        this.reads = reads;
        this.reader = reader;
        this.memory = memory;
        this.figures = figures;
    }

    @Override
    public void handle(Digest digest, PendingReply reply) {
        memory.reached(digest.pass());
        if (!reader.read(digest.hurried() || memory.isHurried(), () -> answer(digest, reply))) {
            reply.accept(new Rejected(
                    Rejected.RejectionCause.OVERLOADED,
                    "more than " + PacedReader.WAITING_MAX + " ranges wait to be read for anti-entropy"));
        }
    }

    private long answer(Digest digest, PendingReply reply) {
        Walked walked = new Walked(digest);
        reply.accept(reads.orRejection(() -> read(digest, walked)));
        figures.read(walked.bytes);
        memory.read(digest.pass().number(), walked.bytes);
        return walked.bytes;
    }

    /** How far the walk is. */
    private static final class Walked {
        private final Digest digest;
        private int entries;
        private long bytes;
        private long deleted;

        Walked(Digest digest) {
            this.digest = digest;
        }

        boolean isFull() {
            return entries >= digest.limits().entriesMax()
                    || bytes >= digest.limits().bytesMax();
        }

        void add(Key key, Record register) {
            entries++;
            bytes += PassOptions.ENTRY_BYTES
                    + key.length()
                    + (register.content() instanceof Value value ? value.bytes().length : 0);
        }
    }

    private static boolean isTombstone(KeyState state) {
        return !state.isAbsent() && state.register().isTombstone();
    }

    private Digests read(Digest digest, Walked walked) {
        RangeDigestBuilder builder = new RangeDigestBuilder();
        Optional<Key> end = Optional.empty();
        try (RegisterWalk walk = reads.walk(digest.range())) {
            while (end.isEmpty() && walk.advanceToAny()) {
                if (walked.isFull()) {
                    end = Optional.of(walk.key());
                } else {
                    Record register = walk.state().register();
                    builder.add(walk.key(), register, reads.entry(walk).isOpen());
                    walked.add(walk.key(), register);
                    walked.deleted += reads.deleted(walk).isPresent() ? 1 : 0;
                    if (isTombstone(walk.state())) {
                        memory.metTombstone(digest.pass().number(), walk.key());
                    }
                }
            }
        }
        return new Digests(builder.build(), end, walked.bytes, memory.isHurried(), walked.deleted);
    }
}
