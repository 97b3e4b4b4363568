package io.quorate.coordinator.api.access;

import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.QueryParameters;
import io.quorate.coordinator.api.http.UriText;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/** What a route needs of its caller. Every {@code Route} has one. */
public sealed interface Requirement {
    /** Whether everybody may send the request, with wrong credentials too. */
    default boolean isAnonymous() {
        return false;
    }

    /** What the request does, for the audit. */
    AuditedKind kind();

    /**
     * @param variable the part of the path in place of the template's variable, still percent-encoded
     * @throws BadRequest if the caller may not send the request
     */
    void check(AccessCaller caller, HttpServerRequest request, String variable);

    /**
     * Judges a caller once more when a long body is whole, and returns it by the rules of now.
     *
     * @throws BadRequest if it was revoked meanwhile, or may not send the request any more
     */
    default AccessCaller again(AccessCaller admitted, HttpServerRequest request, String variable) {
        AccessCaller now = admitted.now(request);
        check(now, request, variable);
        return now;
    }

    /** The key that the request is about, if it is about one. For a request that is allowed. */
    default Optional<Key> key(HttpServerRequest request, String variable) {
        return Optional.empty();
    }

    /** Nothing: probes, and files that hold nothing of the cluster. */
    record Anonymous() implements Requirement {
        @Override
        public boolean isAnonymous() {
            return true;
        }

        @Override
        public AuditedKind kind() {
            return AuditedKind.READ;
        }

        @Override
        public void check(AccessCaller caller, HttpServerRequest request, String variable) {
            // everybody may
        }
    }

    /** Any principal, whatever its grants. */
    record AnyPrincipal() implements Requirement {
        @Override
        public AuditedKind kind() {
            return AuditedKind.READ;
        }

        @Override
        public void check(AccessCaller caller, HttpServerRequest request, String variable) {
            // it is one
        }
    }

    /** A role that is not about keys. */
    record RoleOf(AccessRole role) implements Requirement {
        @Override
        public AuditedKind kind() {
            return role == AccessRole.OBSERVE ? AuditedKind.READ : AuditedKind.OPERATION;
        }

        @Override
        public void check(AccessCaller caller, HttpServerRequest request, String variable) {
            caller.requireAct(role, request);
        }
    }

    /**
     * Roles for the key in the path. A condition and {@code explain=1} show what is there already, so they need the
     * role read too.
     *
     * @param roles of which the caller needs each
     */
    record KeyOfPath(List<AccessRole> roles) implements Requirement {
        public static final KeyOfPath READ = new KeyOfPath(List.of(AccessRole.READ));

        public static final KeyOfPath WRITE = new KeyOfPath(List.of(AccessRole.WRITE));

        /** The answer to a function of a value shows what the value is. */
        public static final KeyOfPath CHANGE = new KeyOfPath(List.of(AccessRole.WRITE, AccessRole.READ));

        @Override
        public AuditedKind kind() {
            return roles.contains(AccessRole.WRITE) ? AuditedKind.WRITE : AuditedKind.READ;
        }

        @Override
        public void check(AccessCaller caller, HttpServerRequest request, String variable) {
            for (AccessRole role : roles) {
                check(role, caller, request, variable);
            }
            if (!roles.contains(AccessRole.READ) && reads(request)) {
                check(AccessRole.READ, caller, request, variable);
            }
        }

        private static void check(AccessRole role, AccessCaller caller, HttpServerRequest request, String variable) {
            if (!caller.mayAll(role)) {
                caller.require(role, UriText.key(variable), request);
            }
        }

        private static boolean reads(HttpServerRequest request) {
            return request.headers().contains(HttpHeaders.IF_MATCH)
                    || request.headers().contains(HttpHeaders.IF_NONE_MATCH)
                    || request.query() != null
                            && QueryParameters.any(request.query()).explain();
        }

        @Override
        public Optional<Key> key(HttpServerRequest request, String variable) {
            return Optional.of(UriText.key(variable));
        }
    }

    /** To read the key in a parameter, or all keys if the request names none. */
    record ReadOfQuery(String parameter) implements Requirement {
        @Override
        public AuditedKind kind() {
            return AuditedKind.READ;
        }

        @Override
        public void check(AccessCaller caller, HttpServerRequest request, String variable) {
            Optional<Key> key = key(request, variable);
            if (key.isPresent()) {
                caller.require(AccessRole.READ, key.get(), request);
            } else {
                caller.require(AccessRole.READ, KeyRange.ALL, request);
            }
        }

        @Override
        public Optional<Key> key(HttpServerRequest request, String variable) {
            return QueryParameters.any(request.query()).key(parameter);
        }
    }

    /** To read every key of the range that the parameters name. A cursor only makes the range smaller. */
    record RangeOfQuery() implements Requirement {
        @Override
        public AuditedKind kind() {
            return AuditedKind.READ;
        }

        @Override
        public void check(AccessCaller caller, HttpServerRequest request, String variable) {
            if (!caller.mayAll(AccessRole.READ)) {
                caller.require(
                        AccessRole.READ, QueryParameters.any(request.query()).range(), request);
            }
        }
    }

    /**
     * To read and write the keys in the body. The reader of the body judges each operation, before any of them runs.
     */
    record BatchOfBody() implements Requirement {
        @Override
        public AuditedKind kind() {
            return AuditedKind.READ; // its writes are reported one by one
        }

        @Override
        public void check(AccessCaller caller, HttpServerRequest request, String variable) {
            // it is a principal, and nothing is known of the keys yet
        }
    }
}
