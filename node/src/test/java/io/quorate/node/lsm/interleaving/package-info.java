/**
 * A reader between every two statements of the threads that write, flush and install merges. The test compiles their
 * classes with a call of {@code Interleaving} after each statement.
 */
package io.quorate.node.lsm.interleaving;
