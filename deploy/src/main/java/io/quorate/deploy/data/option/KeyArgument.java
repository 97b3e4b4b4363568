package io.quorate.deploy.data.option;

import io.quorate.common.model.Key;
import io.quorate.common.text.PercentEncoding;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The key that a command is about. */
public final class KeyArgument {
    @Parameters(index = "0", paramLabel = "KEY", description = "1 to 4096 bytes; slashes are part of it")
    private String text;

    @Option(names = "--key64", description = "KEY is Base64, for a key that is not text")
    private boolean base64;

    public Key key() {
        return KeyText.parse("KEY", text, base64);
    }

    /** The path of the key in the API. */
    public String path() {
        return "/v1/kv/" + PercentEncoding.path(key().bytes());
    }

    /** The command that reads the key, for advice in messages. */
    String getCommand() {
        return "quorate get " + (base64 ? "--key64 " : "") + text;
    }
}
