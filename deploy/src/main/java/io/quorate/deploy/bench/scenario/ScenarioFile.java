package io.quorate.deploy.bench.scenario;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quorate.common.placement.Placement;
import io.quorate.deploy.bench.load.RequestPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a scenario from YAML. {@code deploy/scenarios/README.md} explains each field. */
final class ScenarioFile {
    private static final int MEMORY_MIB = 1_024;
    private static final int SECONDS_MAX = 3_600;
    private static final long MEANWHILE_MS = 2_000;
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Fields file;
    private final Fields groups;

    private ScenarioFile(Fields file) throws ScenarioException {
        this.file = file;
        this.groups = file.map("groups");
    }

    static Scenario read(Path path) throws IOException, ScenarioException {
        return parse(Files.readString(path));
    }

    static Scenario parse(String yaml) throws ScenarioException {
        try {
            return new ScenarioFile(new Fields("the file", MAPPER.readTree(yaml))).scenario();
        } catch (JsonProcessingException e) {
            throw new ScenarioException("line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
        }
    }

    private Scenario scenario() throws ScenarioException {
        List<LoadPhase> phases = new ArrayList<>();
        for (Fields phase : file.maps("phases")) {
            phases.add(phase(phase));
        }
        List<Expectation> expectations = new ArrayList<>();
        for (Fields expectation : file.maps("expect")) {
            expectations.add(expectation(expectation, phases));
        }
        Scenario scenario = new Scenario(
                file.text("name"), file.text("about", ""), cluster(file.map("cluster")), fill(), phases, expectations);
        file.requireNoOthers();
        return scenario;
    }

    private static ClusterPlan cluster(Fields fields) throws ScenarioException {
        Map<String, String> options = new LinkedHashMap<>();
        Fields given = fields.map("options");
        for (String name : given.names()) {
            options.put(name, given.text(name));
        }
        ClusterPlan plan = new ClusterPlan(
                fields.whole("nodes", 3, 1, Placement.MEMBERS_MAX),
                fields.whole("memoryMib", MEMORY_MIB, 384, 1 << 20),
                options);
        fields.requireNoOthers();
        return plan;
    }

    private Optional<RequestPlan> fill() throws ScenarioException {
        if (!file.has("fill")) {
            return Optional.empty();
        }
        Fields fields = file.map("fill");
        RequestPlan plan = GroupFields.requests(fields);
        fields.requireNoOthers();
        return Optional.of(plan);
    }

    private LoadPhase phase(Fields fields) throws ScenarioException {
        Fields load = fields.map("load");
        List<GroupPlan> plans = new ArrayList<>();
        for (String name : load.names()) {
            plans.add(GroupFields.group(name, load.map(name).over(groups.map(name))));
        }
        LoadPhase phase = new LoadPhase(
                fields.text("phase"),
                fields.whole("seconds", 10, 1, SECONDS_MAX),
                actions(fields, "before"),
                actions(fields, "meanwhile"),
                fields.durationMs("every", MEANWHILE_MS),
                plans);
        fields.requireNoOthers();
        return phase;
    }

    private static List<ClusterAction> actions(Fields fields, String name) throws ScenarioException {
        List<ClusterAction> actions = new ArrayList<>();
        for (String text : fields.texts(name)) {
            actions.add(ClusterAction.parse(fields.place() + ", " + name, text));
        }
        return actions;
    }

    private static Expectation expectation(Fields fields, List<LoadPhase> phases) throws ScenarioException {
        boolean atLeast = fields.has("atLeast");
        if (atLeast == fields.has("atMost")) {
            throw new ScenarioException(fields.place() + " needs either atLeast or atMost");
        }
        if (!fields.has("figure")) {
            throw new ScenarioException(fields.place() + " needs a figure");
        }
        Expectation expectation = new Expectation(
                fields.choice("figure", Measure.class, Measure.ERRORS),
                fields.text("phase"),
                fields.text("group"),
                fields.text("ending", ""),
                atLeast,
                fields.bound(atLeast ? "atLeast" : "atMost"));
        fields.requireNoOthers();
        requireGroup(fields, phases, expectation.phase(), expectation.group());
        if (expectation.bound().phase().isPresent()) {
            requireGroup(fields, phases, expectation.bound().phase().get(), expectation.group());
        }
        return expectation;
    }

    private static void requireGroup(Fields fields, List<LoadPhase> phases, String phase, String group)
            throws ScenarioException {
        boolean isThere = phases.stream()
                .filter(each -> each.name().equals(phase))
                .anyMatch(
                        each -> each.groups().stream().anyMatch(of -> of.name().equals(group)));
        if (!isThere) {
            throw new ScenarioException(
                    fields.place() + ": there is no group '" + group + "' in a phase '" + phase + "'");
        }
    }
}
