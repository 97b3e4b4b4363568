package io.quorate.node.lsm.interleaving;

import io.quorate.node.mutant.ClassSources;
import io.quorate.node.mutant.PatchedClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The places between statements, and what another thread does there. For one thread. */
public final class Interleaving {
    private static final String REACHED = Interleaving.class.getName() + ".reached();";

    /** The end of a statement in a method, after which the next one follows. A nested class has private fields. */
    private static final Pattern STATEMENT = Pattern.compile(
            "^( {8,}+(?!private|return|throw|break|continue|yield|case|this\\()[^\n/*]*;)\n", Pattern.MULTILINE);

    /** The last line of a longer return or throw. Nothing can follow it. */
    private static final Pattern END = Pattern.compile("^ {8,}(?:return|throw)[^;]*;\n", Pattern.MULTILINE);

    private static Runnable other = () -> {};
    private static boolean running;
    private static long places;

    private Interleaving() {}

    /** @param types names of classes, whose sources may be changed ones already */
    public static PatchedClasses compile(List<String> types, Path root, Path directory) throws IOException {
        Map<String, String> divided = new LinkedHashMap<>();
        for (String type : types) {
            divided.put(type, divide(ClassSources.of(type, root)));
        }
        return ClassSources.compile(divided, directory);
    }

    private static String divide(String code) {
        String joined = END.matcher(code).replaceAll(end -> end.group().replaceAll("\n(?=.)", " "));
        return STATEMENT.matcher(joined).replaceAll("$1 " + REACHED + "\n");
    }

    /** What the other thread does, each time, from its beginning to its end. */
    public static void let(Runnable otherThread) {
        other = otherThread;
        places = 0;
    }

    /** Called between two statements. Those of the other thread do not count. */
    public static void reached() {
        if (!running) {
            running = true;
            places++;
            try {
                other.run();
            } finally {
                running = false;
            }
        }
    }

    static long places() {
        return places;
    }
}
