/**
 * The parts that all files of the store share: their names, their header, the numbers of levels, and the cursor over
 * sorted entries.
 */
package io.quorate.node.lsm.format;
