package io.quorate.deploy.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.common.text.PercentEncoding;
import io.quorate.deploy.client.Answer;
import io.quorate.deploy.client.Call;
import io.quorate.deploy.client.ClusterClient;
import io.quorate.deploy.terminal.CommandFailure;
import java.util.ArrayList;
import java.util.List;

/** The keys and nodes of the cluster, to complete words with. Without an answer there are none. */
public final class ClusterNames {
    private static final int KEYS_MAX = 50;
    private static final long TIMEOUT_MS = 500;

    private final ClusterClient client;

    public ClusterNames(ClusterClient client) {
        this.client = client;
    }

    /** The first keys that are text and begin with this one. */
    List<String> keys(String beginning) {
        String prefix = beginning.isEmpty() ? "" : "&prefix=" + PercentEncoding.query(beginning.getBytes(UTF_8));
        return texts(
                "/v1/kv?values=false&limit=" + KEYS_MAX + "&timeout=" + TIMEOUT_MS + "ms" + prefix, "items", "key");
    }

    List<String> nodes() {
        return texts("/v1/cluster", "nodes", "id");
    }

    private List<String> texts(String uri, String list, String field) {
        List<String> texts = new ArrayList<>();
        try {
            Answer answer = client.send(Call.get(uri).answeredWithin(TIMEOUT_MS));
            if (answer.isSuccess()) {
                for (JsonNode item : answer.json().path(list)) {
                    if (item.has(field)) {
                        texts.add(item.path(field).asText());
                    }
                }
            }
        } catch (CommandFailure noAnswer) {
            return List.of(); // the command itself will say why
        }
        return texts;
    }
}
