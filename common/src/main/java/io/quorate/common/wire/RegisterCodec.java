package io.quorate.common.wire;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Codes;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.placement.Placement;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.common.wire.Message.VersionReply;
import java.util.Optional;
import java.util.OptionalLong;

/** The messages of reads and plain writes as bytes. {@link MessageCodec} draws them. */
final class RegisterCodec {
    private static final Codes<Query.Purpose> PURPOSES = new Codes<>(Query.Purpose.class);

    private static final int CONTENT_STAYS = 0;
    private static final int CONTENT_TOMBSTONE = 1;
    private static final int CONTENT_EXPIRES = 2;

    private RegisterCodec() {}

    static void writeQuery(BytesWriter out, Query query) {
        out.writeFlag(query.withContent());
        PURPOSES.write(out, query.purpose());
        out.writeVarint(query.demandedAge());
        RecordCodec.writeKey(out, query.key());
    }

    static Query readQuery(BytesReader in) {
        boolean withContent = in.readFlag();
        Query.Purpose purpose = PURPOSES.read(in);
        long demandedAge = in.readVarint();
        return new Query(RecordCodec.readKey(in), withContent, purpose, demandedAge);
    }

    static void writeRecordReply(BytesWriter out, RecordReply reply) {
        RecordCodec.writeRecord(out, reply.record());
        writeAccepted(out, reply.accepted());
        HorizonCodec.write(out, reply.horizon());
    }

    static RecordReply readRecordReply(BytesReader in) {
        return new RecordReply(RecordCodec.readRecord(in), readAccepted(in), HorizonCodec.read(in));
    }

    static void writeVersionReply(BytesWriter out, VersionReply reply) {
        boolean expires = reply.expiresAtMs() != Value.NEVER_EXPIRES;
        out.writeByte(reply.tombstone() ? CONTENT_TOMBSTONE : expires ? CONTENT_EXPIRES : CONTENT_STAYS);
        RecordCodec.writeVersion(out, reply.version());
        if (expires) {
            out.writeVarint(reply.expiresAtMs());
        }
        writeAccepted(out, reply.accepted());
        HorizonCodec.write(out, reply.horizon());
    }

    static VersionReply readVersionReply(BytesReader in) {
        int content = in.readByte();
        if (content > CONTENT_EXPIRES) {
            throw new MalformedException("content " + content + ", allowed is 0 to " + CONTENT_EXPIRES);
        }
        Version version = RecordCodec.readVersion(in);
        long expiresAtMs = content == CONTENT_EXPIRES ? RecordCodec.readExpiry(in) : Value.NEVER_EXPIRES;
        return new VersionReply(
                version, content == CONTENT_TOMBSTONE, expiresAtMs, readAccepted(in), HorizonCodec.read(in));
    }

    static void writeStore(BytesWriter out, StoreRequest store) {
        out.writeVarint(store.missed());
        out.writeVarint(store.evidenceAge().isPresent() ? store.evidenceAge().getAsLong() + 1 : 0);
        RecordCodec.writeKey(out, store.key());
        RecordCodec.writeRecord(out, store.record());
    }

    static StoreRequest readStore(BytesReader in) {
        int missed = in.readVarint((1 << Placement.MEMBERS_MAX) - 1);
        long origin = in.readVarint();
        OptionalLong evidenceAge = origin == 0 ? OptionalLong.empty() : OptionalLong.of(origin - 1);
        return new StoreRequest(RecordCodec.readKey(in), RecordCodec.readRecord(in), missed, evidenceAge);
    }

    static void writeAccepted(BytesWriter out, Optional<Proposal> accepted) {
        out.writeFlag(accepted.isPresent());
        accepted.ifPresent(proposal -> RecordCodec.writeProposal(out, proposal));
    }

    static Optional<Proposal> readAccepted(BytesReader in) {
        return in.readFlag() ? Optional.of(RecordCodec.readProposal(in)) : Optional.empty();
    }
}
