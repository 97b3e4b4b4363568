/**
 * Whether the disk has space for writes, for deletes only, or for nothing; and the ballast that a full disk gives up.
 */
package io.quorate.node.lsm.space;
