package io.quorate.junit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All Java that the pages and the Javadoc of a user's classes show, as one program: a JVM takes a second to start. Each
 * page is a method, and its code is as it stands there.
 */
final class JavaProgram {
    private static final String IMPORTS = "import static org.junit.jupiter.api.Assertions.*;\n"
            + "import io.quorate.client.*;\nimport io.quorate.junit.*;\nimport java.net.URI;\n"
            + "import java.time.Duration;\nimport java.util.*;\nimport javax.net.ssl.SSLContext;\nimport org.junit.jupiter.api.Test;\n";

    /** What pages and the Javadoc of the client leave to their reader. */
    private static final String GIVEN = "static final Key lock = Key.of(\"javadoc/lock\"), counter ="
            + " Key.of(\"javadoc/counter\"), flag = Key.of(\"javadoc/flag\");\n"
            + "static final Value me = Value.of(\"me\");\n"
            + "static void work() { System.out.println(\"works\"); }\n"
            + "static final SSLContext context = trust();\n"
            + "static SSLContext trust() { try { return SSLContext.getDefault(); }"
            + " catch (java.security.GeneralSecurityException e) { throw new AssertionError(e); } }\n";

    /** What it has done then. */
    private static final String SHOWN = "System.out.println(text + \" \" + count.orElseThrow() + \" \""
            + " + client.get(counter).orElseThrow().value().text() + \" \" + on);\n// => works\n// => hello 1 2 false\n";

    private JavaProgram() {}

    static String of(List<Page> pages) throws IOException {
        List<String> bodies = new ArrayList<>();
        pages.forEach(page -> bodies.add(page.code("java")));
        for (String module : List.of("client", "junit")) {
            for (Javadoc javadoc : Javadoc.below(Path.of("..", module, "src/main/java"))) {
                bodies.add(javadoc.code() + (javadoc.source().endsWith("QuorateClient.java") ? SHOWN : ""));
            }
        }
        StringBuilder methods = new StringBuilder();
        StringBuilder calls = new StringBuilder();
        for (int i = 0; i < bodies.size(); i++) {
            methods.append("static void page" + i + "() {\n" + bodies.get(i) + "}\n");
            calls.append("page" + i + "();\n");
        }
        return IMPORTS + "class Pages {\n" + GIVEN + methods + "public static void main(String[] none) {\n" + calls
                + "System.exit(0); } }\n";
    }
}
