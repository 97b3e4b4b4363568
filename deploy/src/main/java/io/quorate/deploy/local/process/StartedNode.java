package io.quorate.deploy.local.process;

import io.quorate.deploy.local.folder.NodeFolder;
import java.io.IOException;
import java.util.List;

/**
 * A node that was launched just now.
 *
 * @param logStart the length of its log before that. Earlier processes wrote what is there
 */
record StartedNode(NodeFolder node, long logStart) {
    /** The last lines that this process wrote. */
    List<String> endOfLog(int lines) throws IOException {
        return node.endOfLog(lines, logStart);
    }
}
