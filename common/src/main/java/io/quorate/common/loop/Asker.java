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
        public void began(int places) {}

        @Override
        public void ended(int places) {}

        @Override
        public boolean othersWait() {
            return false;
        }

        @Override
        public ValueSizes valueSizes() {
            return new ValueSizes();
        }

        @Override
        public ValueSizes pageSizes() {
            return new ValueSizes();
        }
    };

    /**
     * An operation begins.
     *
     * @param places that it takes of the limit until it ends
     */
    void began(int places);

    /**
     * An operation has its outcome.
     *
     * @param places that it took
     */
    void ended(int places);

    /** Whether requests wait for their turn now, so that one with many operations should begin fewer. */
    boolean othersWait();

    /** How large the values are that operations of this address find. */
    ValueSizes valueSizes();

    /** How large the pages of values are that scans of this address find, each page as one value. */
    ValueSizes pageSizes();
}
