package io.quorate.deploy.data.command;

import io.quorate.deploy.client.Call;
import io.quorate.deploy.client.Payload;
import io.quorate.deploy.data.option.MutationOptions;
import io.quorate.deploy.data.option.ValueOptions;
import io.quorate.deploy.data.option.VersionText;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.HelpOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "put",
        description = "Stores a value under a key, and prints 'created' or 'replaced' and the new version.",
        footer = {
            "",
            "Without VALUE and --file the value is read from standard input, to its end. A VALUE that begins with a dash "
                    + "comes after --. A change that ends with 3 may have been applied: read the key before you send it again.",
            "",
            "Examples:",
            "  quorate put greeting hello --ttl 1h",
            "  quorate put photo --file photo.jpg --content-type image/jpeg --if-absent"
        })
public final class PutCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Mixin
    private MutationOptions mutation;

    @Mixin
    private ValueOptions options;

    @Parameters(index = "1", arity = "0..1", paramLabel = "VALUE", description = "the value; - is standard input")
    private String value;

    @Option(
            names = "--if-match",
            paramLabel = "VERSION",
            description = "only if the key is at this version; * for any value")
    private String ifMatch;

    @Option(
            names = "--if-value",
            paramLabel = "TEXT",
            description = "only if the value is this text; it needs no version, and many may try at the same time")
    private String ifValue;

    @Option(names = "--if-absent", description = "only if there is no value")
    private boolean ifAbsent;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if ((ifMatch != null ? 1 : 0) + (ifValue != null ? 1 : 0) + (ifAbsent ? 1 : 0) > 1) {
            throw CommandFailure.usage("--if-match, --if-value and --if-absent exclude each other; nothing was sent");
        }
        Payload payload = options.payload(value, spec.commandLine().getErr());
        if (ifValue != null) {
            return mutation.run(mutation.function(options.query(), options.replacement(payload, ifValue)), spec);
        }
        Call call = mutation.change("PUT", options.query(), Optional.of(payload))
                .with("Content-Type", options.contentType());
        call = ifMatch == null ? call : call.with("If-Match", tag("--if-match", ifMatch));
        return mutation.run(ifAbsent ? call.with("If-None-Match", "*") : call, spec);
    }

    static String tag(String name, String version) {
        return version.equals("*") ? "*" : VersionText.tag(name, version);
    }
}
