package io.quorate.common.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ConstantTextTest {
    private enum Constant {
        NOT_YET_IN_USE
    }

    @Test
    void wordsAreInLowerCaseWithSpacesOrHyphens() {
        assertEquals("not yet in use", ConstantText.spaced(Constant.NOT_YET_IN_USE));
        assertEquals("not-yet-in-use", ConstantText.hyphenated(Constant.NOT_YET_IN_USE));
    }
}
