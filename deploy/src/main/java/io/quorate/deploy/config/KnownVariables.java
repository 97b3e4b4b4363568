package io.quorate.deploy.config;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The variables of the environment that Quorate reads. Another one that begins with {@code QUORATE_} is misspelt, and
 * would have no effect. It is reported and not refused: an older release or another tool may have set it.
 */
public final class KnownVariables {
    private static final String PREFIX = "QUORATE_";

    /** Variables that are not options of a configuration file. */
    private static final List<String> OTHERS = List.of(
            "QUORATE_CA",
            "QUORATE_CERT",
            "QUORATE_COMMAND",
            "QUORATE_DISTRIBUTION",
            "QUORATE_ENDPOINTS",
            "QUORATE_FIRST_START",
            "QUORATE_HOME",
            "QUORATE_HTTP_PORT_BASE",
            "QUORATE_JAVA_OPTS",
            "QUORATE_KEY",
            "QUORATE_LOG_FORMAT",
            "QUORATE_LOG_LEVEL",
            "QUORATE_MEMORY_MIB",
            "QUORATE_NODES",
            "QUORATE_PEER_PORT_BASE",
            "QUORATE_PROFILE",
            "QUORATE_PROFILES",
            "QUORATE_TOKEN",
            "QUORATE_TOKEN_FILE",
            "QUORATE_WAIT_SECONDS");

    /**
     * Kubernetes sets these in every pod for a service whose name is {@code quorate} or begins with {@code quorate-}.
     */
    private static final String OF_A_SERVICE =
            "QUORATE_(\\w+_)?(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT_\\d+_(TCP|UDP)(_\\w+)?)";

    private static final String ADDRESS_OF_A_SERVICE = "(tcp|udp)://.*";

    private KnownVariables() {}

    /** A sentence for each variable that has no meaning; the names are sorted. */
    public static List<String> misspelt(Map<String, String> environment) {
        Set<String> rare = new TreeSet<>(environment.keySet());
        rare.removeIf(name -> !name.startsWith(PREFIX) || OTHERS.contains(name));
        return rare.isEmpty() ? List.of() : misspelt(rare, environment);
    }

    /** The options of a configuration file cost a short command a tenth of its processor time. */
    private static List<String> misspelt(Set<String> names, Map<String, String> environment) {
        Set<String> known = known();
        Spelling spelling = new Spelling(known);
        return names.stream()
                .filter(name -> !known.contains(name))
                .filter(name -> !isOfAService(name, environment.get(name)))
                .map(name -> "the variable " + name + " has no effect: no such variable is known ("
                        + spelling.shortHintFor(name) + ")")
                .toList();
    }

    private static boolean isOfAService(String name, String value) {
        return name.matches(OF_A_SERVICE) || value.matches(ADDRESS_OF_A_SERVICE);
    }

    static Set<String> known() {
        Set<String> known = new TreeSet<>(OTHERS);
        OptionGroup.options(NodeConfiguration.class)
                .map(RecordComponent::getName)
                .map(Options::variableFor)
                .forEach(known::add);
        return known;
    }
}
