package io.quorate.common.convergence;

import io.quorate.common.model.Key;
import io.quorate.common.model.Version;

/**
 * A key that may be forgotten.
 *
 * @param version of its tombstone, or {@link Version#ZERO} if there is no register and only acceptors have an entry
 * @param floor the floor of its slot. The tombstone is below the version of this instant
 */
public record DeletedKey(Key key, Version version, long floor) {}
