package io.quorate.node.replica.state;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.codec.TraceCodec;
import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.model.request.RequestResult;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.common.model.request.Vote;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.format.Keyspace;
import java.util.List;
import java.util.Optional;

/**
 * A {@link RequestTrace} in the keyspace {@code requests}. It has two entries, so that a STORE writes its own without a
 * read. Each entry is in the same batch as the write that it is about, so a crash cannot part them.
 *
 * <pre>
 * key     := request u64, u64 | 1: votes, 2: stored u8
 * version := the ballot of the last vote                    value := trace, without a stored result
 *          | the version that was stored                    value := result
 * expiry  := until when the replica remembers the request. A later merge of the store drops the entry
 * </pre>
 */
public final class RequestEntries {
    private static final byte VOTES = 1;
    private static final byte STORED = 2;

    private RequestEntries() {}

    static Key votesKey(RequestId request) {
        return key(request, VOTES);
    }

    static Key storedKey(RequestId request) {
        return key(request, STORED);
    }

    private static Key key(RequestId request, byte kind) {
        BytesWriter out = new BytesWriter(2 * Long.BYTES + 1);
        out.writeLong(request.high());
        out.writeLong(request.low());
        out.writeByte(kind);
        return Key.of(out.toByteArray());
    }

    /** One more vote for a request that had this trace before. */
    public static Write voted(RequestId request, RequestTrace before, Vote vote) {
        RequestTrace trace = before.with(vote);
        List<Vote> votes = trace.votes();
        Ballot last = votes.get(votes.size() - 1).ballot();
        BytesWriter out = new BytesWriter(128);
        TraceCodec.writeTrace(out, new RequestTrace(Optional.empty(), votes, trace.complete()));
        long untilMs = votes.stream()
                .mapToLong(each -> each.result().receipt().rememberedUntilMs())
                .max()
                .orElseThrow();
        Version version = new Version(last.timestamp(), last.session(), last.counter(), 0);
        return write(votesKey(request), version, out, untilMs);
    }

    /** The entry of a STORE of the record, which has a receipt. */
    private static Write stored(Record record) {
        RequestResult result = RequestResult.of(record);
        BytesWriter out = new BytesWriter(128);
        TraceCodec.writeResult(out, result);
        long untilMs = result.receipt().rememberedUntilMs();
        return write(storedKey(record.request()), record.version(), out, untilMs);
    }

    /** All that a STORE of the record writes. */
    public static List<Write> store(Key key, Record record) {
        Write register = new Write(Keyspace.DATA, key, record);
        return record.receipt().isPresent() ? List.of(register, stored(record)) : List.of(register);
    }

    /** What a STORE of the record writes besides the register. */
    public static List<Write> trace(Record record) {
        return record.receipt().isPresent() ? List.of(stored(record)) : List.of();
    }

    private static Write write(Key key, Version version, BytesWriter bytes, long untilMs) {
        Value value = Value.of(bytes.toByteArray(), Value.DEFAULT_CONTENT_TYPE, untilMs);
        return new Write(Keyspace.REQUESTS, key, new Record(version, value));
    }

    /** @throws MalformedException if they are no such entries. No checksum of the store can find that */
    static RequestTrace trace(Record votes, Record stored) {
        RequestTrace trace = RequestTrace.NONE;
        if (votes.content() instanceof Value value) {
            BytesReader in = new BytesReader(value.bytes());
            trace = TraceCodec.readTrace(in);
            in.requireEnd();
        }
        if (stored.content() instanceof Value value) {
            BytesReader in = new BytesReader(value.bytes());
            trace = trace.stored(TraceCodec.readResult(in));
            in.requireEnd();
        }
        return trace;
    }
}
