/**
 * The store broken on purpose, one way at a time. A test proves something only if it fails then. Each of these
 * {@code StoreMutants} names the test that must notice it.
 */
package io.quorate.node.lsm.mutant;
