package io.quorate.deploy.simulation.schedule;

import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A disk on which a read waits while something else happens. */
final class SlowReads {
    private final Disk disk;
    private Runnable meanwhile = () -> {};

    SlowReads(Disk disk) {
        this.disk = disk;
    }

    Disk slowed() {
        return slowed(Disk.class, disk);
    }

    /** Happens once, before the next read of a file. */
    void duringNextRead(Runnable action) {
        meanwhile = action;
    }

    private <T> T slowed(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (type == DiskFile.class && method.getName().startsWith("read")) {
                Runnable action = meanwhile;
                meanwhile = () -> {};
                action.run();
            }
            try {
                Object result = method.invoke(real, args);
                return result instanceof DiskFile file ? slowed(DiskFile.class, file) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
