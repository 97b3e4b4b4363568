package io.quorate.deploy.audit;

import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import io.quorate.coordinator.api.access.AccessAudit;
import io.quorate.coordinator.api.access.AuditedKind;
import io.quorate.coordinator.api.access.RulesChange;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * The audit of a process. A request never waits for the disk: a line without room in a queue is dropped and counted.
 * Lines are written soon, and not forced to the disk.
 *
 * <p>What many can cause must not push out what few can. So there are three files, each with a queue and a size of its
 * own. Within a file, nobody has more lines than a {@link CallerBudget}.
 *
 * <pre>
 *  file           lines                                                  budget
 *  -------------  -----------------------------------------------------  -----------------------------
 *  NAME           operations, and what became of them; changes of rules  none
 *                 logins and logouts                                     one for each principal
 *  NAME.denied    refusals of principals                                 one for each principal
 *                 refusals of callers without a name                     one for all of them
 *  NAME.writes    by choice, writes                                      none
 * </pre>
 *
 * Safe for use by several threads.
 */
public final class AuditLog implements AccessAudit {
    static final int STRANGERS_PER_S = 100;

    private final AuditStream actions;
    private final AuditStream denials;
    private final Optional<AuditStream> writes;
    private final PrincipalBudgets loginBudgets;
    private final PrincipalBudgets denialBudgets;
    private final CallerBudget strangers;
    private final AuditLine lines;
    private final Clock clock;

    /**
     * @param bytesMax size of a file
     * @param kept how many full files stay beside the one that grows
     * @param withWrites whether it has puts and deletes too
     */
    public AuditLog(Path path, long bytesMax, int kept, boolean withWrites, NodeId node, Clock clock) {
        this.actions = new AuditStream(path, bytesMax, kept);
        this.denials = new AuditStream(beside(path, ".denied"), bytesMax, kept);
        this.writes =
                withWrites ? Optional.of(new AuditStream(beside(path, ".writes"), bytesMax, kept)) : Optional.empty();
        this.loginBudgets = new PrincipalBudgets(clock);
        this.denialBudgets = new PrincipalBudgets(clock);
        this.strangers = new CallerBudget(STRANGERS_PER_S, clock.monotonicNs());
        this.lines = new AuditLine(node, clock);
        this.clock = clock;
    }

    private static Path beside(Path path, String end) {
        return path.resolveSibling(path.getFileName() + end);
    }

    private List<AuditStream> streams() {
        return Stream.concat(Stream.of(actions, denials), writes.stream()).toList();
    }

    /**
     * From now on lines are written. Those from before wait in memory.
     *
     * @param writers runs each task on a thread of its own
     * @throws IOException if nothing can be written there
     */
    public void start(Executor writers) throws IOException {
        for (AuditStream stream : streams()) {
            stream.start(writers);
        }
    }

    @Override
    public boolean wants(AuditedKind kind) {
        return switch (kind) {
            case READ -> false;
            case WRITE -> writes.isPresent();
            case OPERATION, LOGIN, LOGOUT -> true;
        };
    }

    @Override
    public void admitted(AuditedKind kind, String principal, HttpServerRequest request, Optional<Key> key) {
        switch (kind) {
            case READ -> throw new AssertionError("reads are not recorded");
            case WRITE -> writes.orElseThrow().add(lines.write(principal, request, key));
            case OPERATION -> {
                actions.add(lines.operation(principal, request));
                request.response().bodyEndHandler(sent -> actions.add(lines.answered(principal, request)));
            }
            case LOGIN -> session("login", principal, request);
            case LOGOUT -> session("logout", principal, request);
        }
    }

    private void session(String what, String principal, HttpServerRequest request) {
        add(actions, loginBudgets.take(principal), before -> lines.session(what, principal, request, before));
    }

    @Override
    public void ordered(String principal, HttpServerRequest request, String order) {
        actions.add(lines.ordered(principal, request, order));
    }

    @Override
    public void changed(RulesChange change) {
        actions.add(lines.changed(change));
    }

    @Override
    public void denied(Optional<String> principal, HttpServerRequest request, int status, Optional<Key> key) {
        OptionalLong room = principal.map(denialBudgets::take).orElseGet(() -> strangers.take(clock.monotonicNs()));
        add(denials, room, before -> lines.denied(principal, request, status, key, before));
    }

    @Override
    public void refused(String address, String reason) {
        add(denials, strangers.take(clock.monotonicNs()), before -> lines.refused(address, reason, before));
    }

    private interface CountingLine {
        byte[] withDropped(long before);
    }

    private static void add(AuditStream stream, OptionalLong room, CountingLine line) {
        if (room.isPresent()) {
            stream.add(line.withDropped(room.getAsLong()));
        } else {
            stream.countDropped();
        }
    }

    /** Lines that are in no file. */
    public long dropped() {
        return streams().stream().mapToLong(AuditStream::dropped).sum();
    }

    /** Writes the last lines, and waits for that for a limited time. */
    public void close() {
        streams().forEach(AuditStream::close);
    }
}
