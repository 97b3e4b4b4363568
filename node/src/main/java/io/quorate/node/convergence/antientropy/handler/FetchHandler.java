package io.quorate.node.convergence.antientropy.handler;

import io.quorate.common.convergence.HeldRecord;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.wire.Message.Fetch;
import io.quorate.common.wire.Message.Fetched;
import io.quorate.common.wire.Message.Reply;
import io.quorate.node.replica.request.PendingReply;
import io.quorate.node.replica.request.RequestHandler;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** FETCH: shows registers with their contents, which other replicas lack. */
final class FetchHandler implements RequestHandler<Fetch> {
    private final RangeReads reads;
    private final PacedReader reader;

    FetchHandler(RangeReads reads, PacedReader reader) {
        this.reads = reads;
        this.reader = reader;
    }

    @Override
    public void handle(Fetch fetch, PendingReply reply) {
        reader.soon(() -> reply.accept(reads.orRejection(() -> read(fetch))));
    }

    private Reply read(Fetch fetch) {
        long age = reads.age();
        List<HeldRecord> records = new ArrayList<>();
        long bytes = 0;
        Iterator<Key> keys = fetch.keys().iterator();
        while (keys.hasNext() && bytes < fetch.bytesMax()) {
            Key key = keys.next();
            Record record = reads.get(key);
            bytes += key.length() + (record.content() instanceof Value value ? value.bytes().length : 0);
            records.add(new HeldRecord(key, record));
        }
        return new Fetched(records, age);
    }
}
