package io.quorate.common.loop;

/**
 * Whom an operation in flight counts for: the address and the class of the request that began it. Used on the event
 * loop of that request only.
 */
public interface Asker {
    /** Whoever asks for much takes no more than this part of the limit while others wait. */
    int FAIR_PART = 4;

    /** No client. Nothing is counted. */
    Asker NOBODY = new Asker() {
        @Override
        public void began() {}

        @Override
        public void ended() {}

        @Override
        public boolean othersWait() {
            return false;
        }
    };

    /** An operation begins. */
    void began();

    /** An operation has its outcome. */
    void ended();

    /** Whether requests wait for their turn now, so that one with many operations should begin fewer. */
    boolean othersWait();
}
