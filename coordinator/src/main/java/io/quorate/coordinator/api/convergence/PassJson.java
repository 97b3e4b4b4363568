package io.quorate.coordinator.api.convergence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.api.convergence.ConvergenceStatus.Blockage;
import io.quorate.coordinator.api.convergence.ConvergenceStatus.ForgettingStatus;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What a node knows of founding and of passes, as JSON. */
public final class PassJson {
    private static final long MS_PER_S = 1_000;

    private PassJson() {}

    public static void putInto(ObjectNode body, ConvergenceStatus status) {
        ObjectNode founding =
                body.putObject("founding").put("founded", status.founding().founded());
        putBlockages(founding.putArray("waitsFor"), status.founding().waitsFor());
        ObjectNode pass = body.putObject("pass")
                .put("number", status.pass().number())
                .put("running", status.pass().running())
                .put("hurried", status.pass().hurried());
        if (status.pass().number() > 0) {
            pass.put("startedAt", instant(status.pass().startedAtMs()));
        }
        pass.put("progress", status.pass().progress())
                .put("bytesPerSecond", status.pass().bytesPerSecond());
        status.pass().endsAtMs().ifPresent(ms -> pass.put("endsAt", instant(ms)));
        ObjectNode verified = body.putObject("verified")
                .put("slots", status.verified().atMs().size())
                .put("never", status.verified().never());
        status.verified().oldestAtMs().ifPresent(ms -> verified.put("oldestAt", instant(ms)));
        ArrayNode ages = verified.putArray("agesS");
        status.verified().atMs().forEach(at -> addAge(ages, at, status.nowMs()));
        putBlockages(verified.putArray("blocked"), status.blockages());
        putForgetting(body.putObject("forgetting"), status.forgetting());
        ArrayNode damages = body.putArray("damages");
        status.damages()
                .forEach(each -> damages.addObject().put("file", each.file()).put("offset", each.offset()));
    }

    private static void putForgetting(ObjectNode body, ForgettingStatus forgetting) {
        body.put("enabled", forgetting.isOn());
        if (forgetting.isOn()) {
            body.put("quietMs", forgetting.quietMs());
        }
        forgetting.upToMs().ifPresent(ms -> body.put("upTo", instant(ms)));
        body.put("forgotten", forgetting.forgotten());
        forgetting.tombstones().ifPresent(count -> body.put("tombstones", count));
        putBlockages(body.putArray("blocked"), forgetting.blockages());
        if (!forgetting.blockages().isEmpty()) {
            body.put("toDo", toDo(forgetting.blockages()));
        }
    }

    private static String toDo(List<Blockage> blockages) {
        String members = blockages.stream().map(each -> each.by().name()).collect(Collectors.joining(", "));
        return "See that " + members + (blockages.size() == 1 ? " is" : " are")
                + " up, with the same disk, a vote, free space and a right clock. Deletes are kept until"
                + " then. Nothing else waits for that. A node that was emptied stops this for good";
    }

    private static void addAge(ArrayNode ages, OptionalLong atMs, long nowMs) {
        if (atMs.isPresent()) {
            ages.add(Math.max(0, (nowMs - atMs.getAsLong()) / MS_PER_S));
        } else {
            ages.addNull();
        }
    }

    private static void putBlockages(ArrayNode array, List<Blockage> blockages) {
        blockages.forEach(each -> array.addObject()
                .put("by", each.by().name())
                .put("why", each.why())
                .put("since", instant(each.sinceMs())));
    }

    private static String instant(long ms) {
        return Instant.ofEpochMilli(ms).toString();
    }
}
