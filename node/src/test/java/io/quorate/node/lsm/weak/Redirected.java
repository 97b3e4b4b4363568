package io.quorate.node.lsm.weak;

import io.quorate.node.mutant.ClassSources;
import io.quorate.node.mutant.PatchedClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Compiles classes so that their accesses of shared memory go to {@link WeakMemory}. */
public final class Redirected {
    private static final String MODEL = WeakMemory.class.getName();

    /** A get of a long through a view of a buffer. Only its cast tells it from a get of an int. */
    private static final Pattern LONG_OF_BUFFER = Pattern.compile("\\(long\\) ([A-Z][A-Z_]*)\\.get\\(chunk");

    /** An access through a handle, which is a constant. */
    private static final Pattern HANDLE =
            Pattern.compile("\\b([A-Z][A-Z_]*)\\.((?:get|set)(?:Acquire|Release|Volatile)?)\\(");

    /** A plain access of a chunk. */
    private static final Pattern CHUNK = Pattern.compile("\\b(chunk(?:\\(\\w+\\))?)\\.(put|get|getLong|getInt)\\(");

    private Redirected() {}

    /** @param types names of classes, whose sources may be changed ones already */
    public static PatchedClasses compile(List<String> types, Path root, Path directory) throws IOException {
        Map<String, String> redirected = new LinkedHashMap<>();
        for (String type : types) {
            redirected.put(type, redirect(ClassSources.of(type, root)));
        }
        return ClassSources.compile(redirected, directory);
    }

    private static String redirect(String code) {
        String longs = LONG_OF_BUFFER.matcher(code).replaceAll(MODEL + ".getLong($1, chunk");
        String handles = HANDLE.matcher(longs).replaceAll(MODEL + ".$2($1, ");
        return CHUNK.matcher(handles).replaceAll(MODEL + ".$2($1, ");
    }
}
