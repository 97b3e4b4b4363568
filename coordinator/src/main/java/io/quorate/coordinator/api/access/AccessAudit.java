package io.quorate.coordinator.api.access;

import io.quorate.common.model.Key;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Keeps a record of who did what. Called on event loops, so it never blocks. */
public interface AccessAudit {
    AccessAudit NONE = new AccessAudit() {
        @Override
        public boolean wants(AuditedKind kind) {
            return false;
        }

        @Override
        public void admitted(AuditedKind kind, String principal, HttpServerRequest request, Optional<Key> key) {
            // nobody wants to know
        }

        @Override
        public void denied(Optional<String> principal, HttpServerRequest request, int status, Optional<Key> key) {
            // nobody wants to know
        }

        @Override
        public void refused(String address, String reason) {
            // nobody wants to know
        }

        @Override
        public void ordered(String principal, HttpServerRequest request, String order) {
            // nobody wants to know
        }

        @Override
        public void changed(RulesChange change) {
            // nobody wants to know
        }
    };

    /** Whether {@link #admitted} is to be called for such requests. */
    boolean wants(AuditedKind kind);

    /** A principal may send this request, and its handler runs next. */
    void admitted(AuditedKind kind, String principal, HttpServerRequest request, Optional<Key> key);

    /**
     * A request was refused.
     *
     * @param principal empty if there is none
     * @param key that it was refused for, if it was refused for one
     */
    void denied(Optional<String> principal, HttpServerRequest request, int status, Optional<Key> key);

    /** A connection of a client or a peer was closed before its first request. */
    void refused(String address, String reason);

    /** An admitted operation says in its body what to do. That is done next. */
    void ordered(String principal, HttpServerRequest request, String order);

    /** The rules of now are others than before for this principal. */
    void changed(RulesChange change);
}
