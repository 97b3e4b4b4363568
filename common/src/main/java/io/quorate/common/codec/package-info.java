/**
 * The one way from values to bytes and back: a growing writer, a bounds-checked reader, varints, CRC-32C, and the
 * encoding of a {@link io.quorate.common.model.Record}. The wire and every file format are built from these, so that a
 * length is checked in one place before anything is allocated by it.
 */
package io.quorate.common.codec;
