package io.quorate.common.codec;

import io.quorate.common.model.request.RequestResult;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.common.model.request.Vote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a replica remembers of requests with idempotency keys, as bytes. They are the same on the wire and on disk.
 *
 * <pre>
 * result     := type u8 | version | expiry: ms since 1970 varint | receipt, see RecordCodec
 * trace      := flags u8 | [stored: result] | votes u8 | vote, as many
 * vote       := ballot | result
 *
 * type       see RequestResult.Type
 * flags      1: a stored result follows | 2: older votes are forgotten
 * </pre>
 */
public final class TraceCodec {
    private static final int RESULT_BYTES_MAX = 1 + RecordCodec.VERSION_BYTES_MAX + 10 + RecordCodec.RECEIPT_BYTES_MAX;

    /** Most bytes of an encoded trace. */
    public static final int BYTES_MAX =
            2 + RESULT_BYTES_MAX + RequestTrace.VOTES_MAX * (RecordCodec.BALLOT_BYTES_MAX + RESULT_BYTES_MAX);

    private static final Codes<RequestResult.Type> TYPES = new Codes<>(RequestResult.Type.class);
    private static final int FLAG_STORED = 1;
    private static final int FLAG_INCOMPLETE = 2;
    private static final int FLAGS_MAX = 3;

    private TraceCodec() {}

    public static void writeResult(BytesWriter out, RequestResult result) {
        TYPES.write(out, result.type());
        RecordCodec.writeVersion(out, result.version());
        out.writeVarint(result.expiresAtMs());
        RecordCodec.writeReceipt(out, result.receipt());
    }

    public static RequestResult readResult(BytesReader in) {
        return new RequestResult(
                TYPES.read(in), RecordCodec.readVersion(in), RecordCodec.readExpiry(in), RecordCodec.readReceipt(in));
    }

    public static void writeTrace(BytesWriter out, RequestTrace trace) {
        out.writeByte((trace.stored().isPresent() ? FLAG_STORED : 0) | (trace.complete() ? 0 : FLAG_INCOMPLETE));
        trace.stored().ifPresent(stored -> writeResult(out, stored));
        out.writeByte(trace.votes().size());
        for (Vote vote : trace.votes()) {
            RecordCodec.writeBallot(out, vote.ballot());
            writeResult(out, vote.result());
        }
    }

    public static RequestTrace readTrace(BytesReader in) {
        int flags = in.readByte();
        if (flags > FLAGS_MAX) {
            throw new MalformedException("trace with flags " + flags + ", allowed is 0 to " + FLAGS_MAX);
        }
        Optional<RequestResult> stored = (flags & FLAG_STORED) == 0 ? Optional.empty() : Optional.of(readResult(in));
        return new RequestTrace(stored, readVotes(in), (flags & FLAG_INCOMPLETE) == 0);
    }

    private static List<Vote> readVotes(BytesReader in) {
        int count = in.readByte();
        if (count > RequestTrace.VOTES_MAX) {
            throw new MalformedException(count + " votes, allowed are " + RequestTrace.VOTES_MAX);
        }
        List<Vote> votes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            votes.add(new Vote(RecordCodec.readBallot(in), readResult(in)));
        }
        return List.copyOf(votes);
    }
}
