package io.quorate.node.lsm.crashdisk;

import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A disk whose files are not forced though they say so: for mutants, and for stress that is not to wait for a disk. */
public final class UnforcedDisk {
    private UnforcedDisk() {}

    public static Disk of(Disk disk) {
        return unforced(Disk.class, disk);
    }

    private static <T> T unforced(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (type == DiskFile.class && method.getName().equals("force")) {
                return null;
            }
            try {
                Object result = method.invoke(real, args);
                return result instanceof DiskFile file ? unforced(DiskFile.class, file) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
