package io.quorate.deploy.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import io.quorate.common.text.CodePoints;
import io.quorate.deploy.terminal.PrintableText;
import java.util.Locale;
import net.logstash.logback.decorate.JsonFactoryDecorator;

/**
 * Escapes the same characters in a line of JSON as {@link PrintableText} does in text. JSON itself demands that only
 * for the first 32. A parser gets the original characters back.
 */
public final class PrintableJson implements JsonFactoryDecorator {
    @Override
    public JsonFactory decorate(JsonFactory factory) {
        return factory.setCharacterEscapes(new ControlCharacters());
    }

    private static final class ControlCharacters extends CharacterEscapes {
        private static final long serialVersionUID = 1;

        private static final int DELETE = 0x7f;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            codes[DELETE] = ESCAPE_STANDARD;
            return codes;
        }

        /** Null stands for a character that needs no escape. */
        @Override
        public SerializableString getEscapeSequence(int c) {
            return CodePoints.isControl(c) ? new SerializedString(String.format(Locale.ROOT, "\\u%04X", c)) : null;
        }
    }
}
