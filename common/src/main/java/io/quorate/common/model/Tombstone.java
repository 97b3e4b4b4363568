package io.quorate.common.model;

/** "Deleted". It has a version as a value has, so it also wins on a replica that missed the delete. */
public enum Tombstone implements Content {
    TOMBSTONE;

    @Override
    public boolean isTombstone() {
        return true;
    }
}
