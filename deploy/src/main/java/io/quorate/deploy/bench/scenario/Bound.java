package io.quorate.deploy.bench.scenario;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number, or a multiple of a figure of an earlier phase: {@code 500}, {@code 3 x peak}.
 *
 * @param phase the phase whose figure is multiplied, or empty for a plain number
 */
record Bound(double number, Optional<String> phase) {
    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)(?: x (\\S+))?");

    /** @param place what has this bound, for messages */
    static Bound parse(String place, String text) throws ScenarioException {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new ScenarioException(place + " is '" + text + "'; allowed: a number such as 500, or '3 x PHASE'");
        }
        return new Bound(Double.parseDouble(form.group(1)), Optional.ofNullable(form.group(2)));
    }

    /** @param figureOf the same figure in another phase */
    double value(Function<String, Double> figureOf) {
        return phase.map(name -> number * figureOf.apply(name)).orElse(number);
    }

    @Override
    public String toString() {
        String text = number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
        return phase.map(name -> text + " x " + name).orElse(text);
    }
}
