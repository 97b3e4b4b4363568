package io.quorate.node.lsm.compaction;

/**
 * What a merge leaves out of its outputs, besides records that a newer one of the same key replaces.
 *
 * @param expired which values lose their bytes, and which entries go with them
 * @param elsewhere decides about forgotten records. A merge drops one if no older record of its key may be elsewhere.
 *     Otherwise the older one would be there again
 */
public record MergeRules(ExpiredValues expired, OlderRecords elsewhere) {}
