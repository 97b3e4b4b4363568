package io.quorate.node.lsm.mutant;

import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.commit.Committer;
import io.quorate.node.lsm.wal.FrameAppender;
import io.quorate.node.mutant.SourceChange;
import java.util.List;

/** What is shown before it is durable, and rot that nothing notices. */
final class DurabilityMutants {
    static final List<StoreMutant> ALL = List.of(
            StoreMutant.of(
                            "a group is visible before it is forced",
                            Committer.class,
                            "        writer.force();\n",
                            "        writer.publish(group);\n        writer.force();\n")
                    .noticedBy("VisibilityTest"),
            StoreMutant.of(
                            "a group is acknowledged before it is forced",
                            Committer.class,
                            "        writer.force();\n",
                            "        group.forEach(batch -> batch.completion.applied());\n        writer.force();\n")
                    .noticedBy("VisibilityTest"),
            StoreMutant.of(
                            "a group is visible and never forced",
                            SourceChange.besides(Committer.class, "GroupWriter"),
                            "        log.force();\n",
                            "        // not forced\n")
                    .noticedBy("VisibilityTest"),
            StoreMutant.of(
                            "an admission is asked on the caller's thread",
                            Store.class,
                            "Optional<RefusedException> refusal = admission.refusalOf(batch);",
                            "Optional<RefusedException> refusal = atItsPlace.refusal().or(() -> admission.refusalOf(batch));")
                    .noticedBy("LogAdmissionTest"),
            StoreMutant.of(
                            "a batch is written although its admission refused it",
                            Committer.class,
                            "                } else if (admission.admits(",
                            "                }\n                if (admission.admits(")
                    .noticedBy("LogAdmissionTest"),
            StoreMutant.of(
                            "after a group was taken back its voucher is missing",
                            FrameAppender.class,
                            "        pending = committed;\n        vouched = false;\n        if",
                            "        pending = committed;\n        if")
                    .noticedBy("VoucherTest"));

    private DurabilityMutants() {}
}
