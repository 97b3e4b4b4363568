package io.quorate.node.lsm.manifest;

import io.quorate.node.lsm.table.TableFile;

/**
 * A live table and its place in the tree.
 *
 * @param level from 0 to {@link io.quorate.node.lsm.format.TreeLevel#BOTTOM}
 */
public record PlacedFile(TableFile file, int level) {}
