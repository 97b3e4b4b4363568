/**
 * Breaks the code on purpose, without a switch in production code: a text in a source is replaced, and the class is
 * compiled and loaded in the place of the real one. The mutants of the store and those of the simulation, in
 * {@code deploy}, are such changes.
 */
package io.quorate.node.mutant;
