package io.quorate.coordinator;

import io.quorate.common.loop.Asker;
import io.quorate.common.loop.ValueSizes;

/** Counts the places that its operations take. */
final class OneAddress implements Asker {
    private final ValueSizes sizes = new ValueSizes();
    private final ValueSizes pageSizes = new ValueSizes();
    int places;

    @Override
    public void began(int more) {
        places += more;
    }

    @Override
    public void ended(int fewer) {
        places -= fewer;
    }

    @Override
    public boolean othersWait() {
        return false;
    }

    @Override
    public ValueSizes valueSizes() {
        return sizes;
    }

    @Override
    public ValueSizes pageSizes() {
        return pageSizes;
    }
}
