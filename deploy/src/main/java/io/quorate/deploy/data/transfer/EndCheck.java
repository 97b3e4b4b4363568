package io.quorate.deploy.data.transfer;

import java.util.Optional;

/** Whether lines are a whole export: the last one is an end, and as many keys come before it as it says. */
final class EndCheck {
    private final boolean countsKeys;
    private long keys;
    private Optional<String> fault = Optional.empty();
    private boolean isOpen = true;

    /** @param countsKeys whether all lines are seen, from the first one on */
    EndCheck(boolean countsKeys) {
        this.countsKeys = countsKeys;
    }

    void key() {
        keys++;
        isOpen = true;
    }

    void end(EndLine end) {
        if (countsKeys && end.keys() != keys && fault.isEmpty()) {
            fault = Optional.of("the export had " + end.keys() + " keys, and these are " + keys);
        }
        keys = 0;
        isOpen = false;
    }

    /** In a few words, or empty if it is whole. */
    Optional<String> fault() {
        return isOpen && fault.isEmpty() ? Optional.of("the last line of an export is missing") : fault;
    }
}
