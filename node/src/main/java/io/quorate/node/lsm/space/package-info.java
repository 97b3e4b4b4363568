/**
 * Shortages: which writes the disk has space for, the ballast that is given up when it has none, and a lack of file
 * descriptors. And what the files take.
 */
package io.quorate.node.lsm.space;
