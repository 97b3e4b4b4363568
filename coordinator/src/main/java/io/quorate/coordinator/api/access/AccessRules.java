package io.quorate.coordinator.api.access;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All principals, by name and by token. Immutable. */
public final class AccessRules {
    private final Map<String, Entry> byName = new LinkedHashMap<>();
    private final Map<TokenDigest, Principal> byToken = new HashMap<>();
    private final Map<Long, TokenDigest> byStart = new HashMap<>();

    /** @param tokens of this principal. Without any, only a certificate proves its name */
    public record Entry(Principal principal, List<TokenDigest> tokens) {
        public Entry {
            tokens = List.copyOf(tokens);
        }
    }

    /** @throws IllegalArgumentException if two principals have one name or one token */
    public AccessRules(List<Entry> entries) {
        entries.forEach(this::add);
    }

    private void add(Entry entry) {
        Principal principal = entry.principal();
        if (byName.put(principal.name(), entry) != null) {
            throw new IllegalArgumentException("two principals are called '" + principal.name() + "'");
        }
        for (TokenDigest token : entry.tokens()) {
            if (byToken.put(token, principal) != null) {
                throw new IllegalArgumentException("the token " + token.id() + " stands there twice");
            }
            byStart.put(token.start(), token);
        }
    }

    /** The principal that a certificate names. */
    Optional<Principal> named(String name) {
        return entry(name).map(Entry::principal);
    }

    Optional<Entry> entry(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** In the order of the file. */
    Collection<Entry> entries() {
        return byName.values();
    }

    Optional<Principal> holderOf(TokenDigest token) {
        return Optional.ofNullable(byToken.get(token));
    }

    /** Of two tokens with the same start, which chance never makes, only one can log in. */
    Optional<TokenDigest> tokenThatStartsWith(long start) {
        return Optional.ofNullable(byStart.get(start));
    }

    public int size() {
        return byName.size();
    }
}
