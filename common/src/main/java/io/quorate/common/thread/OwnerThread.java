package io.quorate.common.thread;

/**
 * The one thread that may use an object: the first thread that does. The object keeps an {@code OwnerThread} and
 * asserts at its entry points:
 *
 * <pre>
 *  private final OwnerThread eventLoop = new OwnerThread();
 *
 *  void received(Frame frame) {
 *      assert eventLoop.isCurrent() : eventLoop;
 * </pre>
 *
 * Without {@code -ea} this costs nothing. One thread may create the object and another one own it, since only its use
 * claims it. A simulated event loop needs nothing more: one thread runs all of them.
 */
public final class OwnerThread {
    /** Not volatile: threads that race for the first use may both win, and the next check of the loser fails. */
    private Thread owner;

    /** Whether the current thread owns the object. The first call makes it the owner. */
    public boolean isCurrent() {
        Thread current = Thread.currentThread();
        if (owner == null) {
            owner = current;
        }
        return owner == current;
    }

    @Override
    public String toString() {
        return owner == null
                ? "owned by no thread yet"
                : "owned by thread " + owner.getName() + ", used by thread "
                        + Thread.currentThread().getName();
    }
}
