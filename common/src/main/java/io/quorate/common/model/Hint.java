package io.quorate.common.model;

/**
 * A write that one replica missed, as another replica notes it (DeCandia et al., "Dynamo", SOSP '07, section 4.6). It
 * has no value: a replica that notes a hint holds the register.
 *
 * @param version the register of the replica that missed the write lacks this version, as far as is known
 */
public record Hint(Key key, Version version) {}
