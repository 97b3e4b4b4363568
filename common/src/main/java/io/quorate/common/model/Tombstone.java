package io.quorate.common.model;

/** "Deleted", with a version like any value's, so that it wins over what it deletes on replicas that missed it. */
public enum Tombstone implements Content {
    TOMBSTONE
}
