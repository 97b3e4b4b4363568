package io.quorate.deploy.fault;

import io.quorate.common.time.Clock;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A directory on a disk that takes long to make bytes durable, as a worn-out or shared one does. The thread that forces
 * waits. Reads and writes are as fast as ever, since the system's cache has them.
 */
record SlowDisk(Disk machine, Supplier<Faults> faults, Clock clock) implements Disk {
    /** A fault that ends meanwhile ends the wait within this time. */
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private void waitForForce() {
        long startNs = clock.monotonicNs();
        while (clock.monotonicNs() - startNs
                < TimeUnit.MILLISECONDS.toNanos(faults.get().slowDiskMs())) {
            LockSupport.parkNanos(STEP_NS);
        }
    }

    @Override
    public void forceDirectory() throws IOException {
        waitForForce();
        machine.forceDirectory();
    }

    @Override
    public void forceParents() throws IOException {
        waitForForce();
        machine.forceParents();
    }

    @Override
    public DiskFile create(String name) throws IOException {
        return new SlowFile(machine.create(name));
    }

    @Override
    public DiskFile open(String name) throws IOException {
        return new SlowFile(machine.open(name));
    }

    private final class SlowFile implements DiskFile {
        private final DiskFile file;

        SlowFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public void force() throws IOException {
            waitForForce();
            file.force();
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            return file.write(source, position);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    @Override
    public String pathOf(String name) {
        return machine.pathOf(name);
    }

    @Override
    public boolean isDirectory() {
        return machine.isDirectory();
    }

    @Override
    public void createDirectory() throws IOException {
        machine.createDirectory();
    }

    @Override
    public long totalBytes() throws IOException {
        return machine.totalBytes();
    }

    @Override
    public long usableBytes() throws IOException {
        return machine.usableBytes();
    }

    @Override
    public long newSalt() {
        return machine.newSalt();
    }

    @Override
    public List<String> list() throws IOException {
        return machine.list();
    }

    @Override
    public boolean contains(String name) throws IOException {
        return machine.contains(name);
    }

    @Override
    public long bytesOf(String name) throws IOException {
        return machine.bytesOf(name);
    }

    @Override
    public boolean tryLink(String name, Disk other) throws IOException {
        return machine.tryLink(name, other);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        machine.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        machine.delete(name);
    }

    @Override
    public boolean deleteIfPresent(String name) throws IOException {
        return machine.deleteIfPresent(name);
    }

    @Override
    public Optional<DiskLock> tryLock(String name) throws IOException {
        return machine.tryLock(name);
    }
}
