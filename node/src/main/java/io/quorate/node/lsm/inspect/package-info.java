/**
 * Looks at the files of a store that nobody has open, and changes nothing: {@link io.quorate.node.lsm.inspect.Verification}
 * reads every byte that counts and says what is wrong where, {@link io.quorate.node.lsm.inspect.Dump} shows what the files
 * hold.
 */
package io.quorate.node.lsm.inspect;
