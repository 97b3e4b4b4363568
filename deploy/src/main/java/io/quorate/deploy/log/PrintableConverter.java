package io.quorate.deploy.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import io.quorate.deploy.terminal.PrintableText;

/**
 * Escapes a whole line of the log, whatever it is made of. A call that logs cannot forget it. logback.xml calls it
 * {@code %printable}.
 */
public final class PrintableConverter extends CompositeConverter<ILoggingEvent> {
    @Override
    protected String transform(ILoggingEvent event, String line) {
        return PrintableText.text(line);
    }
}
