package io.quorate.deploy.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The blocks of a PEM file (RFC 7468). Text between the blocks is a comment.
 *
 * <pre>
 * block := "-----BEGIN " label "-----" base64 "-----END " label "-----"
 * </pre>
 */
final class PemFile {
    /** A bundle of all public authorities has a quarter of a megabyte. */
    static final int BYTES_MAX = 1 << 20;

    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*([^-]*)-----END \\1-----");

    private PemFile() {}

    /** @param der the bytes that the text stands for */
    record PemBlock(String label, byte[] der) {}

    /** @param expected for messages: what should be in the file */
    static List<PemBlock> read(Path file, String expected) throws TlsFileException {
        String text = text(file, expected);
        List<PemBlock> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(new PemBlock(matcher.group(1), decode(file, matcher, expected)));
        }
        if (blocks.isEmpty()) {
            throw new TlsFileException(file, "there is no PEM block in it", "expected: " + expected);
        }
        return blocks;
    }

    private static byte[] decode(Path file, Matcher block, String expected) throws TlsFileException {
        try {
            return Base64.getMimeDecoder().decode(block.group(2));
        } catch (IllegalArgumentException e) {
            throw new TlsFileException(
                    file, "the text of a block " + block.group(1) + " is damaged", "expected: " + expected);
        }
    }

    private static String text(Path file, String expected) throws TlsFileException {
        return new String(bytes(file, expected), ISO_8859_1);
    }

    static byte[] bytes(Path file, String expected) throws TlsFileException {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > BYTES_MAX) {
                throw new TlsFileException(file, "it has more than " + BYTES_MAX + " bytes", "expected: " + expected);
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new TlsFileException(file, "there is no such file", "expected: " + expected);
        } catch (AccessDeniedException e) {
            throw new TlsFileException(file, "permission denied", "let the user of this process read it");
        } catch (IOException e) {
            throw new TlsFileException(file, "cannot be read: " + e.getMessage(), "expected: " + expected);
        }
    }
}
