package io.quorate.node.lsm.crashdisk;

import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A disk that announces each call before it is made, on the thread of the caller and under no lock of the disk. */
public final class ObservedDisk {
    private final Observer observer;

    private ObservedDisk(Observer observer) {
        this.observer = observer;
    }

    /** Receives the method's name, such as {@code force}. */
    public interface Observer {
        /** @param file empty for a call that is not about one file */
        void before(String call, String file) throws IOException;
    }

    public static Disk of(Disk real, Observer observer) {
        return new ObservedDisk(observer).observed(Disk.class, real, "");
    }

    private <T> T observed(Class<T> type, T real, String file) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            String name = args != null && args[0] instanceof String first ? first : file;
            observer.before(method.getName(), name);
            try {
                Object result = method.invoke(real, args);
                return result instanceof DiskFile opened ? observed(DiskFile.class, opened, name) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
