package io.quorate.coordinator.api.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ClusterTextTest {
    @Test
    void theFirstLineSaysWhatTheClusterCanBearAndTheOthersHowEachMemberIs() throws IOException {
        assertEquals("""
                cluster local, as n1 sees it: 2 of 3 replicas vote, 2 make a majority, can lose no more nodes
                n1      up    voting  127.0.0.1:7001
                longer  down  -       127.0.0.1:7002  Connection refused
                n3      slow  voting  -               answers late
                """, text(2, 0, true, """
                        {"id": "n1", "state": "up", "votingStatus": "voting", "http": "127.0.0.1:7001"},
                        {"id": "longer", "state": "down", "votingStatus": "voting", "http": "127.0.0.1:7002",
                         "trouble": "Connection refused"},
                        {"id": "n3", "state": "slow", "votingStatus": "voting", "trouble": "answers late"}
                        """));
    }

    @Test
    void withoutAQuorumItSaysThatRequestsAreRefused() throws IOException {
        assertEquals(
                "cluster local, as n1 sees it: 1 of 1 replicas vote, 2 make a majority, requests are refused",
                text(1, 0, false, "{\"id\": \"n1\", \"state\": \"up\", \"votingStatus\": \"voting\"}")
                        .lines()
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void noTextOfAnotherProcessSteersTheTerminal() throws IOException {
        String node =
                "{\"id\": \"n1\", \"state\": \"up\", \"votingStatus\": \"filling\", \"whyNoVote\": \"\\u001b[2Jg\\u009bo\\u202en\\u2028e\\n\"}";
        assertEquals(
                "n1  up  filling  -  ?[2Jg?o?n?e",
                text(0, 0, false, node).lines().skip(1).findFirst().orElseThrow());
    }

    private static String text(int voting, int canLose, boolean hasQuorum, String nodes) throws IOException {
        return ClusterText.of(new ObjectMapper()
                .readTree("{\"cluster\": \"local\", \"coordinator\": \"n1\", \"quorum\": 2, \"voting\": " + voting
                        + ", \"canLose\": " + canLose + ", \"hasQuorum\": " + hasQuorum + ", \"nodes\": [" + nodes
                        + "]}"));
    }
}
