package io.quorate.common.model;

/**
 * What a record carries of the request that made it, if that has an idempotency key: with the record's own version and
 * expiry, all that it takes to give the request's first answer again.
 *
 * @param fingerprint 64 bits of a hash of what was asked for: under the same id, another fingerprint is another request
 * @param created whether there was no value before
 * @param rememberedUntilMs from which millisecond since 1970 on the request counts as never seen
 */
public record Receipt(long fingerprint, boolean created, long rememberedUntilMs) {}
