package io.quorate.deploy.data.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.common.model.Key;
import io.quorate.common.time.SystemClock;
import io.quorate.deploy.client.BackOff;
import io.quorate.deploy.client.Call;
import io.quorate.deploy.client.ClusterClient;
import io.quorate.deploy.client.DurationOption;
import io.quorate.deploy.client.JsonText;
import io.quorate.deploy.client.Lines;
import io.quorate.deploy.client.Refusal;
import io.quorate.deploy.data.option.QueryString;
import io.quorate.deploy.data.output.ScanItem;
import io.quorate.deploy.data.output.ScanReader;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.Interruption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The keys of a range in their order, each once, even if nodes die meanwhile: a scan that is cut goes on behind the
 * last key, at whichever endpoint answers.
 */
final class ExportStream {
    private final ClusterClient client;
    private final Function<Optional<Key>, QueryString> range;
    private final Optional<DurationOption> timeout;
    private final Duration longest;
    private final Interruption interruption;
    private Optional<Key> last;
    private Optional<ScanReader> scan = Optional.empty();
    private BackOff pause = new BackOff();
    private long progressNs;
    private boolean hasBegun;

    /**
     * @param range gives the query for the keys from one on, or for all
     * @param timeout how long the nodes may take for a page
     * @param longest how long it tries without getting a further key
     * @param last the key to go on behind, or empty for the first
     */
    ExportStream(
            ClusterClient client,
            Function<Optional<Key>, QueryString> range,
            Optional<DurationOption> timeout,
            Duration longest,
            Interruption interruption,
            Optional<Key> last) {
        this.client = client;
        this.range = range;
        this.timeout = timeout;
        this.longest = longest;
        this.interruption = interruption;
        this.last = last;
    }

    /**
     * The next key, or empty at the end of the range.
     *
     * @throws CommandFailure if the cluster refuses, or gives nothing for too long, or if the user wants no more
     */
    Optional<ScanItem> next() throws InterruptedException {
        while (true) {
            ScanReader reader = scan.isPresent() ? scan.get() : open();
            Optional<ScanItem> item = reader.next();
            if (item.isPresent()) {
                Key key = Key.of(item.get().key());
                if (!last.equals(Optional.of(key))) {
                    moveTo(key);
                    return item;
                }
            } else if (reader.isWhole()) {
                return Optional.empty();
            } else {
                goOnAfter(reader);
            }
        }
    }

    private void moveTo(Key key) {
        last = Optional.of(key);
        pause = new BackOff();
        progressNs = SystemClock.INSTANCE.monotonicNs();
    }

    private void goOnAfter(ScanReader cut) throws InterruptedException {
        scan = Optional.empty();
        JsonNode error = cut.error().orElseGet(JsonText::object);
        CommandFailure failure = CommandFailure.refused(
                error.path("detail").asText("the scan was cut, and no endpoint went on with it"));
        if (error.has("status") && !isForNow(error.path("status").asInt())) {
            throw failure;
        }
        awaitNextAttempt(failure);
    }

    private ScanReader open() throws InterruptedException {
        Call call = call();
        while (true) {
            boolean isForNow = true;
            CommandFailure failure;
            try {
                Lines lines = client.lines(call);
                if (lines.refusal().isEmpty()) {
                    return begun(new ScanReader(lines::next));
                }
                isForNow = isForNow(lines.refusal().get().status());
                failure = Refusal.of(lines.refusal().get(), call);
            } catch (CommandFailure noAnswer) {
                failure = noAnswer;
            }
            if (!isForNow || !hasBegun) {
                throw failure;
            }
            awaitNextAttempt(failure);
        }
    }

    private ScanReader begun(ScanReader reader) {
        if (!hasBegun) {
            hasBegun = true;
            progressNs = SystemClock.INSTANCE.monotonicNs();
        }
        scan = Optional.of(reader);
        return reader;
    }

    /** From the last key on, which is then dropped: a key of the greatest length has no next one to name. */
    private Call call() {
        QueryString query = range.apply(last)
                .withIf(
                        timeout.isPresent(),
                        "timeout",
                        timeout.map(DurationOption::text).orElse(""));
        Call call = Call.get("/v1/kv" + query).with("Accept", "application/x-ndjson");
        return timeout.map(DurationOption::ms).map(call::answeredWithin).orElse(call);
    }

    private static boolean isForNow(int status) {
        return status == 409 || status == 429 || status == 503 || status == 504;
    }

    private void awaitNextAttempt(CommandFailure failure) throws InterruptedException {
        long pauseMs = pause.nextMs();
        long quietMs = TimeUnit.NANOSECONDS.toMillis(SystemClock.INSTANCE.monotonicNs() - progressNs);
        if (quietMs + pauseMs > longest.toMillis() || interruption.await(pauseMs, TimeUnit.MILLISECONDS)) {
            throw failure;
        }
    }
}
