package io.quorate.deploy.config;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What a record's Javadoc says of its components, read from its source by the compiler's own parser. */
final class RecordDocs {
    private static final Path SOURCES = Path.of("src/main/java");

    private RecordDocs() {}

    /** The texts of {@code @param}, as Markdown, by the components' names and in their order. */
    static Map<String, String> of(Class<? extends Record> record) throws IOException {
        Path source = SOURCES.resolve(record.getName().replace('.', '/') + ".java");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask) compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(source));
            CompilationUnitTree unit = task.parse().iterator().next();
            ClassTree declaration = (ClassTree) unit.getTypeDecls().get(0);
            DocCommentTree docs = DocTrees.instance(task).getDocCommentTree(TreePath.getPath(unit, declaration));
            return texts(docs);
        }
    }

    private static Map<String, String> texts(DocCommentTree docs) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (docs != null) {
            docs.getBlockTags().stream()
                    .filter(ParamTree.class::isInstance)
                    .map(ParamTree.class::cast)
                    .forEach(tag -> texts.put(tag.getName().toString(), markdown(tag.getDescription())));
        }
        return texts;
    }

    private static String markdown(List<? extends DocTree> description) {
        return description.stream()
                .map(part -> part instanceof LiteralTree code ? "`" + code.getBody() + "`" : part.toString())
                .collect(Collectors.joining())
                .replaceAll("\\s+", " ")
                .strip();
    }
}
