package io.quorate.deploy.simulation.judge;

import io.quorate.common.convergence.DeletionState;
import io.quorate.common.model.Hint;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Record;
import io.quorate.common.model.ScanEntry;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.AcceptRefusal;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.common.wire.Message.Confirm;
import io.quorate.common.wire.Message.Confirmed;
import io.quorate.common.wire.Message.Fetched;
import io.quorate.common.wire.Message.Forget;
import io.quorate.common.wire.Message.Missed;
import io.quorate.common.wire.Message.Noted;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.RequestStatusQuery;
import io.quorate.common.wire.Message.RequestStatusReply;
import io.quorate.common.wire.Message.ScanReply;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.common.wire.Message.Stored;
import io.quorate.common.wire.Message.VersionReply;
import java.util.List;
import java.util.Optional;

/** Tells the judges what messages say. */
public final class MessageReader {
    private final Judges judges;

    public MessageReader(Judges judges) {
        this.judges = judges;
    }

    /** A coordinator asks a replica, whether or not that ever arrives. */
    public void asked(Request request) {
        if (request instanceof Accept accept) {
            judges.proposed(accept.key(), accept.proposal());
        } else if (request instanceof Forget forget) {
            forget.keys().forEach(each -> judges.mayForget(each.key(), each.version()));
        }
    }

    /** A replica answers, whether or not that ever arrives. */
    public void answered(int node, VotingStatus voting, Request request, Reply reply) {
        if (voting == VotingStatus.FILLING) {
            judges.answersWhileFilling(node, reply);
        }
        if (request instanceof Query query) {
            queried(node, query.key(), reply);
        } else if (request instanceof StoreRequest store && reply instanceof Stored) {
            holds(node, store.key(), store.record());
            noted(node, store.missed(), List.of(store.hint()));
        } else if (request instanceof Missed missed && reply instanceof Noted) {
            noted(node, 1 << missed.target(), missed.hints());
        } else if (request instanceof Prepare prepare && reply instanceof Promise promise) {
            promised(node, prepare, promise);
        } else if (request instanceof Accept accept && reply instanceof Accepted) {
            judges.votes(node, accept.key(), accept.proposal().ballot());
        } else if (request instanceof AcceptRefusal refusal && reply instanceof Accepted) {
            judges.votes(node, refusal.key(), refusal.ballot());
            holds(node, refusal.key(), refusal.refuting());
        } else if (request instanceof RequestStatusQuery status && reply instanceof RequestStatusReply memory) {
            remembers(node, status.key(), memory.trace());
        } else if (reply instanceof Fetched fetched) {
            fetched.records().forEach(each -> shows(node, each.key(), each.record(), Optional.empty()));
        } else if (request instanceof Confirm confirm && reply instanceof Confirmed confirmed) {
            confirmed(node, confirm.keys(), confirmed.states());
        } else if (reply instanceof ScanReply scan) {
            scan.entries().forEach(entry -> scanned(node, entry));
        }
    }

    private void noted(int node, int missed, List<Hint> hints) {
        for (int target = 0; missed >> target != 0; target++) {
            for (Hint hint : (missed >> target & 1) != 0 ? hints : List.<Hint>of()) {
                judges.noted(node, target, hint);
            }
        }
    }

    private void confirmed(int node, List<Key> keys, List<DeletionState> states) {
        for (int i = 0; i < keys.size(); i++) {
            if (states.get(i).kind() == DeletionState.Kind.TOMBSTONE) {
                judges.shows(node, keys.get(i), ReplicaState.of(states.get(i).version()));
            }
        }
    }

    private void queried(int node, Key key, Reply reply) {
        if (reply instanceof RecordReply full) {
            shows(node, key, full.record(), full.accepted());
        } else if (reply instanceof VersionReply brief) {
            judges.shows(node, key, ReplicaState.of(brief.version()));
            accepted(node, key, brief.accepted());
        }
    }

    private void promised(int node, Prepare prepare, Promise promise) {
        shows(node, prepare.key(), promise.record(), promise.accepted());
        judges.promises(node, prepare.key(), prepare.ballot());
        judges.showsVote(node, prepare.key(), promise.voted());
        remembers(node, prepare.key(), promise.trace());
    }

    private void remembers(int node, Key key, RequestTrace trace) {
        trace.votes().forEach(vote -> judges.showsVote(node, key, vote.ballot()));
    }

    private void scanned(int node, ScanEntry entry) {
        judges.shows(node, entry.key(), ReplicaState.of(entry.version()));
        entry.record().ifPresent(record -> judges.registered(entry.key(), record));
    }

    private void shows(int node, Key key, Record record, Optional<Proposal> accepted) {
        judges.shows(node, key, ReplicaState.of(record.version()));
        judges.registered(key, record);
        accepted(node, key, accepted);
    }

    private void accepted(int node, Key key, Optional<Proposal> accepted) {
        accepted.ifPresent(proposal -> judges.showsVote(node, key, proposal.ballot()));
    }

    /** The replica is at the record's version or a newer one. */
    private void holds(int node, Key key, Record record) {
        judges.registered(key, record);
        judges.reached(node, key, ReplicaState.of(record.version()));
    }
}
