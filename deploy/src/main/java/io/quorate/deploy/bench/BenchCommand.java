package io.quorate.deploy.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "bench",
        description = "Puts a running cluster under load and prints what it bears.",
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
