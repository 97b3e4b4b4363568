package io.quorate.deploy.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quorate.deploy.terminal.PrintableText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.KeyValuePair;

/** The log's two forms, by the very file that ships. */
final class LogbackTest {
    private static final Path FILE = Path.of("src/main/resources/logback.xml");
    private static final String DEFINITION = "<define name=\"format\" class=\"" + LogFormat.class.getName() + "\"/>";
    private static final Instant WHEN = Instant.parse("2026-11-23T18:40:07.042Z");

    private final LoggerContext context = new LoggerContext();

    LogbackTest() {
        context.setMDCAdapter(new LogbackMDCAdapter());
    }

    @Test
    void aLineOfTextHasTheTimeInUtcAndWhatTheEventKnowsByName() throws Exception {
        String line = encode("text", event());

        assertTrue(line.startsWith("2026-11-23T18:40:07.042Z WARN  Here ["), line);
        assertTrue(line.endsWith("] a request requestId=\"4bf9\" elapsedMs=\"612\"\n"), line);
    }

    @Test
    void aLineOfTextWithoutAnyOfThatHasNoBlanksAtItsEnd() throws Exception {
        LoggingEvent plain = event();
        plain.setKeyValuePairs(null);

        assertTrue(encode("text", plain).endsWith("] a request\n"));
    }

    @Test
    void anExceptionStaysOnTheLineOfItsEvent() throws Exception {
        String text = encode("text", failure());
        String json = encode("json", failure());

        assertEquals(1, text.lines().count(), text);
        assertTrue(text.contains(" | java.lang.IllegalStateException: broken | at "), text);
        assertEquals(1, json.lines().count(), json);
        assertTrue(new ObjectMapper()
                .readTree(json)
                .get("stackTrace")
                .textValue()
                .startsWith("java.lang.IllegalStateException: broken\n"));
    }

    @Test
    void aLineOfJsonHasAFieldForEverything() throws Exception {
        String line = encode("json", event());
        JsonNode fields = new ObjectMapper().readTree(line);

        assertTrue(line.endsWith("}\n") || line.endsWith("}\r\n"), line);
        assertEquals(WHEN, Instant.parse(fields.get("time").textValue()));
        assertEquals("WARN", fields.get("level").textValue());
        assertEquals("some.Here", fields.get("logger").textValue());
        assertEquals("a request", fields.get("message").textValue());
        assertEquals("4bf9", fields.get("requestId").textValue());
        assertEquals(612, fields.get("elapsedMs").intValue());
        assertFalse(fields.has("level_value"));
        assertFalse(fields.has("@version"));
    }

    /** A peer or a client may send any of these. They get into messages, exceptions and named values. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n2026-11-23T18:40:07.042Z ERROR Store [main] the disk is lost",
                "\r\nforged",
                "\u0085forged",
                "\u2028forged",
                "\u2029forged",
                "\u001b[2Jforged",
                "\u009b2Jforged",
                "\u202egnp.exe",
                "\0\b\f\u000b\t\u007f"
            })
    void nothingFromOutsideEntersALineUnescaped(String hostile) throws Exception {
        LoggingEvent event = failure("not a node id: 'n" + hostile + "'", new IllegalStateException("x" + hostile));
        event.addKeyValuePair(new KeyValuePair("key", "k" + hostile));
        String text = encode("text", event);
        String json = encode("json", event);

        for (String line : List.of(text, json)) {
            String inside = line.stripTrailing();
            assertEquals(PrintableText.text(inside), inside);
            assertEquals(1, line.lines().count(), line);
        }
        assertTrue(text.contains("'n" + PrintableText.text(hostile) + "'"), text);
        JsonNode fields = new ObjectMapper().readTree(json);
        assertEquals("not a node id: 'n" + hostile + "'", fields.get("message").textValue());
        assertEquals("k" + hostile, fields.get("key").textValue());
    }

    @Test
    void lettersOfAnyLanguageStayReadable() throws Exception {
        LoggingEvent event = failure("gr\u00fc\u00dfe", new IllegalStateException("\u4f60\u597d"));
        for (String format : List.of("text", "json")) {
            String line = encode(format, event);
            assertTrue(line.contains("gr\u00fc\u00dfe"), line);
            assertTrue(line.contains("IllegalStateException: \u4f60\u597d"), line);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERROR", "WARN", "INFO", "DEBUG", "TRACE"})
    void theLevelIsThatOfEveryLogger(String level) throws Exception {
        context.putProperty("QUORATE_LOG_LEVEL", level);
        encode("text", event());

        for (String name : List.of("io.quorate.Any", "io.netty.Any", "io.vertx.Any", "others")) {
            assertEquals(Level.toLevel(level), context.getLogger(name).getEffectiveLevel(), name);
        }
    }

    private LoggingEvent event() {
        LoggingEvent event = new LoggingEvent("", context.getLogger("some.Here"), Level.WARN, "a request", null, null);
        event.setInstant(WHEN);
        event.addKeyValuePair(new KeyValuePair("requestId", "4bf9"));
        event.addKeyValuePair(new KeyValuePair("elapsedMs", 612));
        return event;
    }

    private LoggingEvent failure() {
        return failure("a request", new IllegalStateException("broken"));
    }

    private LoggingEvent failure(String message, Exception why) {
        return new LoggingEvent("", context.getLogger("some.Here"), Level.ERROR, message, why, null);
    }

    private String encode(String format, ILoggingEvent event) throws IOException, JoranException {
        String configuration = Files.readString(FILE);
        assertTrue(configuration.contains(DEFINITION));
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(new ByteArrayInputStream(configuration
                .replace(DEFINITION, "<property name=\"format\" value=\"" + format + "\"/>")
                .getBytes(UTF_8)));
        ConsoleAppender<ILoggingEvent> appender =
                (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender(format);
        return new String(appender.getEncoder().encode(event), UTF_8);
    }
}
