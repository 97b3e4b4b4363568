package io.quorate.deploy.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code /metrics} answered, in Prometheus' text format 0.0.4. */
public final class Scrape {
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (\\w+) (.*)");

    private final Map<String, Double> samples = new LinkedHashMap<>();
    private final SortedMap<String, Family> families = new TreeMap<>();

    /** One metric: its type, its help, and the names of its labels without those of histograms' buckets. */
    public record Family(String name, String type, String help, Set<String> labels) {}

    public Scrape(String text) {
        Map<String, String> help = new LinkedHashMap<>();
        Family current = null;
        for (String line : text.lines().toList()) {
            Matcher comment = COMMENT.matcher(line);
            if (!comment.matches()) {
                add(line, current);
            } else if (comment.group(1).equals("HELP")) {
                help.put(comment.group(2), comment.group(3));
            } else {
                String name = comment.group(2);
                current = new Family(name, comment.group(3), help.getOrDefault(name, ""), new TreeSet<>());
                families.put(name, current);
            }
        }
    }

    private void add(String line, Family family) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new AssertionError("not a line of Prometheus' text format: " + line);
        }
        SortedMap<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
            if (!label.group(1).equals("le")) {
                family.labels().add(label.group(1));
            }
        }
        samples.put(sample.group(1) + labels, Double.parseDouble(sample.group(3)));
    }

    public SortedMap<String, Family> families() {
        return families;
    }

    /** Names as queries have them. For histograms, those with a suffix. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        samples.keySet().forEach(sample -> names.add(sample.substring(0, sample.indexOf('{'))));
        return names;
    }

    /** @param labels all of them, names and values in turn */
    public double value(String name, String... labels) {
        SortedMap<String, String> wanted = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        Double value = samples.get(name + wanted);
        if (value == null) {
            throw new AssertionError("no " + name + wanted + " among " + samples.keySet());
        }
        return value;
    }
}
