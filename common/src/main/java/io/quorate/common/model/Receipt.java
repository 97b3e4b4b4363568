package io.quorate.common.model;

/**
 * The part of a record that describes the request that made it, if the request has an idempotency key. Together with
 * the record's version and expiry, it is enough to give the request's first answer again.
 *
 * @param fingerprint 64 bits of a hash of the request. Another fingerprint under the same id means another request
 * @param created whether there was no value before
 * @param rememberedUntilMs milliseconds since 1970. From then on the request counts as never seen
 */
public record Receipt(long fingerprint, boolean created, long rememberedUntilMs) {}
