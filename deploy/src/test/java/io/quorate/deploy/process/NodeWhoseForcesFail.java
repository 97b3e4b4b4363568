package io.quorate.deploy.process;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.SystemClock;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.deploy.config.NodeConfiguration;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.disk.RealDisk;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The main class of a process: a replica, a write, and from then on a disk on which no force of a file succeeds. */
final class NodeWhoseForcesFail {
    private static volatile boolean failing;

    private NodeWhoseForcesFail() {}

    public static void main(String[] arguments) throws Exception {
        NodeConfiguration configuration = NodeConfiguration.read(Path.of(arguments[0]), Map.of());
        Disk disk = failingForces(Disk.class, new RealDisk(configuration.dataDirectory()));
        ReplicaHost host =
                ReplicaHost.open(configuration, disk, Start.INIT, new HybridClock(SystemClock.INSTANCE, 500));
        CountDownLatch first = new CountDownLatch(1);
        store(host, "first", first);
        first.await();
        failing = true;
        store(host, "second", new CountDownLatch(1));
        new CountDownLatch(1).await();
    }

    private static void store(ReplicaHost host, String key, CountDownLatch answered) {
        Record record = new Record(new Version(1, 1, 1, 0), Value.of("value"));
        host.replica().handle(new StoreRequest(Key.of(key), record), reply -> {
            System.out.println("the answer to " + key + " is " + reply);
            answered.countDown();
        });
    }

    private static <T> T failingForces(Class<T> type, T target) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    if (failing && method.getName().equals("force")) {
                        throw new IOException("Input/output error");
                    }
                    try {
                        Object result = method.invoke(target, given);
                        return result instanceof DiskFile file ? failingForces(DiskFile.class, file) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
