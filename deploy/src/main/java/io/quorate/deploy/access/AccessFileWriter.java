package io.quorate.deploy.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quorate.deploy.terminal.PrivateFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Changes an access file, one process at a time. A reader sees the old file or the new one, and never a part of one.
 * Comments in the file are lost.
 */
final class AccessFileWriter {
    private static final String HEAD = """
        # Who may do what at the HTTP API of this cluster. 'quorate access' changes it, and loses comments.
        # A process reads it again within seconds when it changes.
        """;

    private final AccessFile file;

    AccessFileWriter(AccessFile file) {
        this.file = file;
    }

    /** Makes a new list of the old one. */
    interface AccessChange {
        AccessList of(AccessList old);
    }

    /**
     * @throws AccessFileException if the file is there and wrong. Nothing was changed
     * @throws IOException if it cannot be written. Nothing was changed
     */
    void change(AccessChange change) throws AccessFileException, IOException {
        Path lock = file.path().resolveSibling("." + file.path().getFileName() + ".lock");
        Files.createDirectories(file.path().toAbsolutePath().getParent());
        takeLock(lock);
        try {
            AccessList old = file.exists() ? file.list() : AccessList.EMPTY;
            PrivateFile.replace(file.path(), text(change.of(old)));
        } finally {
            Files.delete(lock);
        }
    }

    private static void takeLock(Path lock) throws IOException {
        try {
            Files.createFile(lock);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(
                    "another command changes it, or one was killed meanwhile; if none runs, remove " + lock, e);
        }
    }

    private String text(AccessList list) throws IOException {
        boolean isJson = file.path().toString().endsWith(".json");
        ObjectMapper mapper = isJson
                ? new JsonMapper()
                : YAMLMapper.builder()
                        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                        .build();
        String text = mapper.writerWithDefaultPrettyPrinter().writeValueAsString(tree(mapper, list)) + "\n";
        return isJson ? text : HEAD + text;
    }

    private static ObjectNode tree(ObjectMapper mapper, AccessList list) {
        ObjectNode root = mapper.createObjectNode();
        ArrayNode principals = root.putArray("principals");
        for (AccessEntry entry : list.entries()) {
            ObjectNode principal =
                    principals.addObject().put("name", entry.name().name());
            ArrayNode grants = principal.putArray("grants");
            entry.grants().forEach(grant -> grants.add(grant.toString()));
            ArrayNode tokens = principal.putArray("tokens");
            for (AccessToken token : entry.tokens()) {
                ObjectNode fields =
                        tokens.addObject().put("sha256", token.digest().toString());
                token.created().ifPresent(created -> fields.put("created", created.toString()));
            }
        }
        return root;
    }
}
