package io.quorate.node.lsm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * The same work on several threads that begin at the same moment. For code without locks, where no thread can be held.
 */
public final class Contest {
    private Contest() {}

    /** @param work receives the number of its thread, from 0 on. A failure of any thread is thrown */
    public static void run(int threads, IntConsumer work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Void>> all = new ArrayList<>();
            IntStream.range(0, threads)
                    .forEach(number -> all.add(() -> {
                        start.await();
                        work.accept(number);
                        return null;
                    }));
            for (Future<Void> each : executor.invokeAll(all)) {
                each.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
