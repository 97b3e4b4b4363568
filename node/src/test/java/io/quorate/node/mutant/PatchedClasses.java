package io.quorate.node.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongFunction;

/** The project's classes once more, main and test, with those of a directory in the place of their namesakes. */
public final class PatchedClasses extends URLClassLoader {
    private static final String OURS = "io.quorate.";

    public PatchedClasses(Path patched) throws MalformedURLException {
        super(new URL[] {patched.toUri().toURL()}, PatchedClasses.class.getClassLoader());
    }

    /**
     * A new object of a class over the patched ones.
     *
     * @param schedules a public class that says of a seed what is wrong, if anything is
     */
    @SuppressWarnings("unchecked") // by the parameter's declaration
    public LongFunction<Optional<String>> schedules(Class<? extends LongFunction<Optional<String>>> schedules)
            throws ReflectiveOperationException {
        return (LongFunction<Optional<String>>)
                loadClass(schedules.getName()).getConstructor().newInstance();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            if (!name.startsWith(OURS)) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    /** What is patched comes first here too. */
    @Override
    public URL getResource(String name) {
        URL patched = findResource(name);
        return patched == null ? super.getResource(name) : patched;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
