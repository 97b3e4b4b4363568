package io.quorate.node.lsm.failure;

import java.io.IOException;

/** The disk reported an error. A failed read may be tried again. A failed write has stopped the store for good. */
public final class DiskFailedException extends StoreException {
    private static final long serialVersionUID = 1L;

    /** @param doing what was being done, as in "reading table-12" */
    public DiskFailedException(String doing, IOException cause) {
        super("the disk failed while " + doing + ": " + cause.getMessage(), cause);
    }

    @Override
    public <T> T match(FailureCases<T> cases) {
        return cases.diskFailed(this);
    }
}
