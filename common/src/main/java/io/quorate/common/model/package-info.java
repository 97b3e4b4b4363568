/**
 * The nouns of the protocol: {@link io.quorate.common.model.Key}, {@link io.quorate.common.model.Version},
 * {@link io.quorate.common.model.Record} and who is who in a cluster. All are immutable and know nothing of bytes on a
 * wire or a disk; {@code common.codec} does.
 */
package io.quorate.common.model;
