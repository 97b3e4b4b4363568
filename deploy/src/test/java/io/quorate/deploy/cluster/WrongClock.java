package io.quorate.deploy.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a process takes for the time of day, by libfaketime.
 *
 * @param faketime an offset, and perhaps a speed, as libfaketime reads them
 */
public record WrongClock(String faketime) {
    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

    /** @param offset such as {@code +1h} */
    public static WrongClock off(String offset) {
        return new WrongClock(offset);
    }

    public static WrongClock runningDouble() {
        return new WrongClock("+0 x2");
    }

    /** Why no clock can be wrong on this machine. */
    static Optional<String> obstacle() {
        return library().isPresent()
                ? Optional.empty()
                : Optional.of("there is no " + LIBRARY + " under /usr/lib: install libfaketime");
    }

    /** Time that only goes forward stays right, as it does in a machine whose clock somebody sets. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library().orElseThrow().toString(),
                "FAKETIME",
                faketime,
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "DONT_FAKE_MONOTONIC",
                "1");
    }

    /** In /usr/lib, or in its folder for this kind of processor. */
    private static Optional<Path> library() {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/usr/lib"), "*linux*")) {
            for (Path folder : folders) {
                if (Files.exists(folder.resolve(LIBRARY))) {
                    return Optional.of(folder.resolve(LIBRARY));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(Path.of("/usr/lib", LIBRARY)).filter(Files::exists);
    }
}
