package io.quorate.node.identity;

import io.quorate.common.model.Coded;
import io.quorate.common.model.MemberDisks;

/** What a node durably knows of the disks of its cluster. The stage never falls. */
record KnownDisks(KnowledgeStage stage, MemberDisks disks) {
    static final KnownDisks NONE = new KnownDisks(KnowledgeStage.MET, MemberDisks.NONE);

    enum KnowledgeStage implements Coded {
        /** The disks of those members that the node met so far. */
        MET(0),
        /** The disks of all members. The node has agreed on them, and will never agree on others. */
        AGREED(1),
        /** The node knows that every member has agreed on the same. */
        FOUNDED(2);

        private final int code;

        KnowledgeStage(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    boolean isAgreed() {
        return stage != KnowledgeStage.MET;
    }
}
