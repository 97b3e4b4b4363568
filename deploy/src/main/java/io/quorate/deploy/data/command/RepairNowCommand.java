package io.quorate.deploy.data.command;

import io.quorate.deploy.client.Answer;
import io.quorate.deploy.client.Call;
import io.quorate.deploy.client.JsonText;
import io.quorate.deploy.client.Refusal;
import io.quorate.deploy.data.option.RequestOptions;
import io.quorate.deploy.terminal.ExitCode;
import io.quorate.deploy.terminal.HelpOption;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "now",
        description = "Asks for a whole pass over all keys from now on, as fast as verifyBytesPerSecondMax allows.",
        footer = {
            "",
            "Nothing has to be repaired by hand: passes go on all the time. This is for those who cannot wait for the next "
                    + "one, such as after a node was replaced. 'quorate repair status' shows when it is done.",
            "",
            "Examples:",
            "  quorate repair now",
            "  quorate repair now -e db1.example:7001"
        })
final class RepairNowCommand implements Callable<Integer> {
    @Mixin
    private HelpOption help;

    @Mixin
    private RequestOptions request;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Call call = Call.change("POST", "/v1/convergence/hurry", Optional.empty(), "sending it again does no harm");
        PrintWriter out = spec.commandLine().getOut();
        request.send(call, out, spec.commandLine().getErr()).ifPresent(answer -> show(answer, call, out));
        return ExitCode.SUCCESS;
    }

    private void show(Answer answer, Call call, PrintWriter out) {
        if (!answer.isSuccess()) {
            throw Refusal.of(answer, call);
        }
        if (request.isJson()) {
            out.println(JsonText.indented(answer.json()));
        } else {
            out.println(answer.json().path("node").asText() + " asks for a pass at full speed; quorate repair status");
        }
    }
}
