package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.common.wire.Message.Stored;
import io.quorate.common.wire.Message.VersionReply;
import java.util.HashMap;
import java.util.Map;

/**
 * Judges every answer of every replica by the invariants of the protocol: one version means one record; what a replica has
 * shown of a register never goes back, across crashes too; and a promise is kept for ever.
 */
public final class ReplicaAudit {
    private final Map<Held, Version> shown = new HashMap<>();
    private final Map<Held, Ballot> promised = new HashMap<>();
    private final Map<Written, Record> records = new HashMap<>();

    /** One replica's copy of one key. */
    private record Held(int node, Key key) {}

    private record Written(Key key, Version version) {}

    public void answered(int node, Request request, Reply reply) {
        if (request instanceof Query query) {
            queried(new Held(node, query.key()), reply);
        } else if (request instanceof StoreRequest store && reply instanceof Stored) {
            same(store.key(), store.record());
            shown.merge(new Held(node, store.key()), store.record().version(), Version::max);
        } else if (request instanceof Prepare prepare && reply instanceof Promise promise) {
            promised(new Held(node, prepare.key()), prepare.ballot(), promise);
        } else if (request instanceof Accept accept && reply instanceof Accepted) {
            accepted(new Held(node, accept.key()), accept.proposal().ballot());
        }
    }

    private void queried(Held held, Reply reply) {
        if (reply instanceof RecordReply full) {
            same(held.key, full.record());
            shows(held, full.record().version());
        } else if (reply instanceof VersionReply brief) {
            shows(held, brief.version());
        }
    }

    private void promised(Held held, Ballot ballot, Promise promise) {
        same(held.key, promise.record());
        shows(held, promise.record().version());
        Ballot before = promised.getOrDefault(held, Ballot.ZERO);
        if (!ballot.isAfter(before)) {
            throw new Violation(held + " promises " + ballot + " after " + before);
        }
        promised.put(held, ballot);
    }

    private void accepted(Held held, Ballot ballot) {
        Ballot before = promised.getOrDefault(held, Ballot.ZERO);
        if (before.isAfter(ballot)) {
            throw new Violation(held + " accepts under " + ballot + " and has promised " + before);
        }
        promised.put(held, ballot);
    }

    private void shows(Held held, Version version) {
        Version before = shown.getOrDefault(held, Version.ZERO);
        if (before.isAfter(version)) {
            throw new Violation(held + " shows " + version + " and has shown or acknowledged " + before);
        }
        shown.put(held, version);
    }

    private void same(Key key, Record record) {
        Record known = records.putIfAbsent(new Written(key, record.version()), record);
        if (known != null && !known.equals(record)) {
            throw new Violation(key + " at " + record.version() + " is " + record + " and was " + known);
        }
    }
}
