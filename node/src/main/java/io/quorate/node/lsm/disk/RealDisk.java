package io.quorate.node.lsm.disk;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A directory of the file system, through {@link FileChannel}. */
public final class RealDisk implements Disk {
    /**
     * The messages of the C library for ENOSPC and EDQUOT, in the default language. ENOSPC also means that a file
     * system has no inode for another file.
     */
    private static final List<String> FULL = List.of("No space left on device", "Disk quota exceeded");

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * The locks that this process holds. The operating system drops a process's lock on a file as soon as the process
     * closes any channel of that file. So a second attempt must not open it.
     */
    private static final Set<LockKey> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final Set<Path> parentsToForce = ConcurrentHashMap.newKeySet();

    /** @param directory its device and inode, since one directory may have several paths */
    private record LockKey(Object directory, String name) {}

    /** The directory, open for forces while this process holds the lock. */
    private volatile Optional<FileChannel> heldDirectory = Optional.empty();

    public RealDisk(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    @Override
    public String pathOf(String name) {
        return directory.resolve(name).toString();
    }

    @Override
    public boolean isDirectory() {
        return Files.isDirectory(directory);
    }

    @Override
    public void createDirectory() throws IOException {
        createDirectory(directory);
        // Even if it was there: the process that made it may have been killed before it forced the name.
        if (directory.getParent() != null) {
            parentsToForce.add(directory.getParent());
        }
    }

    private void createDirectory(Path path) throws IOException {
        Path parent = path.getParent();
        if (Files.isDirectory(path) || parent == null) {
            return;
        }
        createDirectory(parent);
        OwnerOnly.createDirectory(path);
        parentsToForce.add(parent);
    }

    @Override
    public void forceParents() throws IOException {
        for (Path parent : parentsToForce) {
            force(parent);
        }
        parentsToForce.clear();
    }

    /** Not by {@code FileStore}, which opens the list of mounts, and fails where a container hides them. */
    @Override
    public long totalBytes() {
        return directory.toFile().getTotalSpace();
    }

    /** 0 if the file system does not say. */
    @Override
    public long usableBytes() {
        return directory.toFile().getUsableSpace();
    }

    @Override
    public long newSalt() {
        return RANDOM.nextLong();
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw notOpened(e, "");
        }
    }

    @Override
    public boolean contains(String name) throws IOException {
        try {
            Files.readAttributes(directory.resolve(name), BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public long bytesOf(String name) throws IOException {
        try {
            BasicFileAttributes file = Files.readAttributes(directory.resolve(name), BasicFileAttributes.class);
            return file.isRegularFile() ? file.size() : 0;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    @Override
    public DiskFile create(String name) throws IOException {
        try {
            return new RealFile(OwnerOnly.open(directory.resolve(name), CREATE_NEW, READ, WRITE), name);
        } catch (IOException e) {
            throw explained(notOpened(e, name), name, 1);
        }
    }

    @Override
    public DiskFile open(String name) throws IOException {
        try {
            return new RealFile(FileChannel.open(directory.resolve(name), READ, WRITE), name);
        } catch (IOException e) {
            throw notOpened(e, name);
        }
    }

    /** An {@link OutOfDescriptorsException} if that is why the file was not opened. */
    private IOException notOpened(IOException failure, String name) {
        return Descriptors.areLacking(failure) ? new OutOfDescriptorsException(pathOf(name), failure) : failure;
    }

    @Override
    public boolean tryLink(String name, Disk other) throws IOException {
        if (!(other instanceof RealDisk target)) {
            return false;
        }
        try {
            Files.createLink(target.directory.resolve(name), directory.resolve(name));
            return true;
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            return false; // another file system, or one without links, or with too many of them
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        try {
            Files.move(directory.resolve(from), directory.resolve(to), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw explained(e, to, 1);
        }
    }

    /** A {@link DiskFullException} if the message says so, or if there is not that much space. */
    private IOException explained(IOException failure, String name, long wantedBytes) {
        if (failure instanceof OutOfDescriptorsException) {
            return failure;
        }
        String message = String.valueOf(failure.getMessage());
        boolean full = FULL.stream().anyMatch(message::contains) || usableBytes() < wantedBytes;
        return full ? new DiskFullException(pathOf(name), failure) : failure;
    }

    @Override
    public void delete(String name) throws IOException {
        Files.delete(directory.resolve(name));
    }

    @Override
    public boolean deleteIfPresent(String name) throws IOException {
        return Files.deleteIfExists(directory.resolve(name));
    }

    @Override
    public void forceDirectory() throws IOException {
        Optional<FileChannel> held = heldDirectory;
        if (held.isPresent()) {
            held.get().force(true);
            return;
        }
        try (FileChannel channel = openDirectory()) {
            channel.force(true);
        }
    }

    private FileChannel openDirectory() throws IOException {
        try {
            return FileChannel.open(directory, READ);
        } catch (IOException e) {
            throw notOpened(e, "");
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, READ)) {
            channel.force(true);
        }
    }

    @Override
    public Optional<DiskLock> tryLock(String name) throws IOException {
        LockKey key = lockKey(name);
        if (!HELD.add(key)) {
            return Optional.empty();
        }
        boolean held = false;
        try {
            Optional<DiskLock> lock = lockFile(name, key);
            held = lock.isPresent();
            return lock;
        } finally {
            if (!held) {
                HELD.remove(key);
            }
        }
    }

    private LockKey lockKey(String name) throws IOException {
        Object inode =
                Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
        return new LockKey(inode == null ? directory.toRealPath() : inode, name);
    }

    private Optional<DiskLock> lockFile(String name, LockKey key) throws IOException {
        FileChannel channel = OwnerOnly.open(directory.resolve(name), CREATE, WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(hold(channel, key));
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return Optional.empty();
    }

    private DiskLock hold(FileChannel lock, LockKey key) throws IOException {
        FileChannel names = openDirectory();
        heldDirectory = Optional.of(names);
        return () -> {
            heldDirectory = Optional.empty();
            names.close();
            lock.close();
            HELD.remove(key);
        };
    }

    private final class RealFile implements DiskFile {
        /**
         * The JDK copies what it reads or writes into memory outside the heap, and each thread keeps its longest copy.
         * So no call passes on more than this.
         */
        private static final int PIECE_BYTES_MAX = 1 << 20;

        private final FileChannel channel;
        private final String name;

        RealFile(FileChannel channel, String name) {
            this.channel = channel;
            this.name = name;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            int count = channel.read(firstPieceOf(target), position);
            target.position(target.position() + Math.max(0, count));
            return count;
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            int wanted = source.remaining();
            try {
                int count = channel.write(firstPieceOf(source), position);
                source.position(source.position() + count);
                return count;
            } catch (IOException e) {
                throw explained(e, name, wanted);
            }
        }

        private static ByteBuffer firstPieceOf(ByteBuffer bytes) {
            return bytes.slice(bytes.position(), Math.min(bytes.remaining(), PIECE_BYTES_MAX));
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
