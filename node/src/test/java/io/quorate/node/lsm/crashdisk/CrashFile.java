package io.quorate.node.lsm.crashdisk;

import io.quorate.node.lsm.crashdisk.Operation.Kind;
import io.quorate.node.lsm.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A handle of a file in one life of the process. It stays valid if the file's name goes away. */
final class CrashFile implements DiskFile {
    private static final int SECTOR_BYTES = 512;

    private final CrashDisk disk;
    private final Faults faults;
    private final String name;
    private final FileContent content;
    private final int owner;
    private boolean closed;

    CrashFile(CrashDisk disk, String name, FileContent content, int owner) {
        this.disk = disk;
        this.faults = disk.faults();
        this.name = name;
        this.content = content;
        this.owner = owner;
    }

    String name() {
        return name;
    }

    FileContent content() {
        return content;
    }

    private void requireOpen() throws IOException {
        disk.requireRunning();
        if (owner != disk.life() || closed) {
            throw new IOException("the handle of " + name + " is closed");
        }
    }

    @Override
    public long size() throws IOException {
        synchronized (disk) {
            requireOpen();
            return content.size();
        }
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        synchronized (disk) {
            requireOpen();
            int count = faults.shortened((int) Math.min(target.remaining(), content.size() - position));
            if (count <= 0) {
                return -1;
            }
            if (faults.isUnreadable(name, position, position + count)) {
                throw new IOException("planned failure to read " + name + " at " + position);
            }
            content.read((int) Math.floorMod(position + faults.readShift(name), (long) content.size()), count, target);
            return count;
        }
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        synchronized (disk) {
            requireOpen();
            requireUnspoiled("a write");
            Operation operation = disk.begin(Kind.WRITE, name, 0);
            byte[] bytes = new byte[taken(operation, faults.shortened(source.remaining()), position)];
            source.get(bytes);
            put(operation, (int) position, bytes);
            return bytes.length;
        }
    }

    private void put(Operation operation, int position, byte[] bytes) {
        int shift = faults.misdirected.test(operation) ? faults.misdirectedByBytes : 0;
        int to = Math.max(0, position + shift);
        int skipped = faults.withoutFirstSector.test(operation)
                ? Math.min(bytes.length, SECTOR_BYTES - to % SECTOR_BYTES)
                : 0;
        content.write(disk.nextStamp(), to + skipped, Arrays.copyOfRange(bytes, skipped, bytes.length));
    }

    /** How many of the bytes there is room for: at least one. */
    private int taken(Operation operation, int count, long position) throws IOException {
        long growth = Math.max(0, position + count - content.size());
        int room = (int) Math.max(0, count - disk.missingBytes(growth));
        if (content.cutShort) {
            content.cutShort = false;
            room = 0;
        } else if (faults.withoutRoom.test(operation)) {
            room = faults.partOf(count);
            content.cutShort = room > 0;
        }
        if (room == 0 && count > 0) {
            throw disk.noRoom(name);
        }
        return room;
    }

    @Override
    public void force() throws IOException {
        synchronized (disk) {
            requireOpen();
            requireUnspoiled("a second force");
            Operation operation = disk.begin(Kind.FORCE, name, content.forces++);
            if (faults.failing.test(operation)) {
                content.failForce();
                throw new IOException("planned failure of " + operation);
            }
            if (!faults.omitted.test(operation)) {
                content.force();
            }
        }
    }

    /** After a failed force it is unknown which bytes are durable. A store that goes on with the file has a defect. */
    private void requireUnspoiled(String what) {
        if (content.spoiled) {
            throw new AssertionError(what + " of " + name + " after a force of it failed");
        }
    }

    @Override
    public void close() {
        synchronized (disk) {
            if (!closed && owner == disk.life()) {
                disk.closed(this);
            }
            closed = true;
        }
    }
}
