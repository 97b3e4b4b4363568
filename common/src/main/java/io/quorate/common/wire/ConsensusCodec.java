package io.quorate.common.wire;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.codec.TraceCodec;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.AcceptRefusal;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.RequestStatusQuery;

/** The messages of conditional writes and of idempotent requests as bytes. {@link MessageCodec} draws them. */
final class ConsensusCodec {
    private ConsensusCodec() {}

    static void writePrepare(BytesWriter out, Prepare prepare) {
        RecordCodec.writeKey(out, prepare.key());
        RecordCodec.writeBallot(out, prepare.ballot());
        RecordCodec.writeRequest(out, prepare.request());
        out.writeVarint(prepare.demandedAge());
    }

    static Prepare readPrepare(BytesReader in) {
        return new Prepare(
                RecordCodec.readKey(in), RecordCodec.readBallot(in), RecordCodec.readRequest(in), in.readVarint());
    }

    static void writePromise(BytesWriter out, Promise promise) {
        RecordCodec.writeRecord(out, promise.record());
        RegisterCodec.writeAccepted(out, promise.accepted());
        RecordCodec.writeBallot(out, promise.voted());
        TraceCodec.writeTrace(out, promise.trace());
        HorizonCodec.write(out, promise.horizon());
    }

    static Promise readPromise(BytesReader in) {
        return new Promise(
                RecordCodec.readRecord(in),
                RegisterCodec.readAccepted(in),
                RecordCodec.readBallot(in),
                TraceCodec.readTrace(in),
                HorizonCodec.read(in));
    }

    static void writeAccept(BytesWriter out, Accept accept) {
        RecordCodec.writeKey(out, accept.key());
        RecordCodec.writeProposal(out, accept.proposal());
    }

    static Accept readAccept(BytesReader in) {
        return new Accept(RecordCodec.readKey(in), RecordCodec.readProposal(in));
    }

    static void writeAcceptRefusal(BytesWriter out, AcceptRefusal request) {
        RecordCodec.writeKey(out, request.key());
        RecordCodec.writeBallot(out, request.ballot());
        RecordCodec.writeRequest(out, request.request());
        TraceCodec.writeResult(out, request.refusal());
        RecordCodec.writeRecord(out, request.refuting());
    }

    static AcceptRefusal readAcceptRefusal(BytesReader in) {
        return new AcceptRefusal(
                RecordCodec.readKey(in),
                RecordCodec.readBallot(in),
                RecordCodec.readRequest(in),
                TraceCodec.readResult(in),
                RecordCodec.readRecord(in));
    }

    static void writeStatusQuery(BytesWriter out, RequestStatusQuery query) {
        RecordCodec.writeKey(out, query.key());
        RecordCodec.writeRequest(out, query.request());
    }

    static RequestStatusQuery readStatusQuery(BytesReader in) {
        return new RequestStatusQuery(RecordCodec.readKey(in), RecordCodec.readRequest(in));
    }
}
