/**
 * Looks at the files of a store that no process has open, and changes nothing.
 * {@link io.quorate.node.lsm.inspect.Verification} reads every byte that counts and reports damage.
 * {@link io.quorate.node.lsm.inspect.Dump} prints the contents of the files.
 */
package io.quorate.node.lsm.inspect;
