/** Full disks: which writes the disk has space for, and the ballast that is given up when it has none. */
package io.quorate.node.lsm.space;
