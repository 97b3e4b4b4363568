/**
 * The nouns of the protocol: {@link io.quorate.common.model.Key}, {@link io.quorate.common.model.Version},
 * {@link io.quorate.common.model.Record}, and the names of nodes and clusters. All are immutable. {@code common.codec}
 * turns them into bytes. They themselves only have codes, see {@link io.quorate.common.model.Coded}.
 */
package io.quorate.common.model;
