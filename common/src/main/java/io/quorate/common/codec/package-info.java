/**
 * Values as bytes: a growing writer, a bounds-checked reader, varints, CRC-32C, and the encoding of a
 * {@link io.quorate.common.model.Record}. The wire and every file format use these. So one place checks a length before
 * anything is allocated by it.
 */
package io.quorate.common.codec;
