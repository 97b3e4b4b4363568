package io.quorate.deploy.data.command;

import io.quorate.deploy.client.Call;
import io.quorate.deploy.client.Payload;
import io.quorate.deploy.data.option.MutationOptions;
import io.quorate.deploy.data.option.ValueOptions;
import io.quorate.deploy.data.option.VersionText;
import io.quorate.deploy.terminal.HelpOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "cas",
        description = "Compare and set: stores a value if the key is still at the version that you saw.",
        footer = {
            "",
            "The same as put with --if-match, or with --if-absent where VERSION is 'absent'. If the key is at another "
                    + "version, nothing is applied, the message names it, and the command ends with 1.",
            "",
            "Examples:",
            "  quorate cas counter 1a208bccab00000.a9b5c4b90df27730.1.0 42",
            "  quorate cas lock absent me --ttl 30s"
        })
public final class CasCommand implements Callable<Integer> {
    private static final String ABSENT = "absent";

    @Mixin
    private HelpOption help;

    @Mixin
    private MutationOptions mutation;

    @Mixin
    private ValueOptions options;

    @Parameters(index = "1", paramLabel = "VERSION", description = "what 'quorate get -v' showed; or 'absent'")
    private String expected;

    @Parameters(index = "2", arity = "0..1", paramLabel = "VALUE", description = "the value; - is standard input")
    private String value;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Payload payload = options.payload(value, spec.commandLine().getErr());
        Call call = mutation.change("PUT", options.query(), Optional.of(payload))
                .with("Content-Type", options.contentType());
        return mutation.run(
                expected.equals(ABSENT)
                        ? call.with("If-None-Match", "*")
                        : call.with("If-Match", VersionText.tag("VERSION", expected)),
                spec);
    }
}
