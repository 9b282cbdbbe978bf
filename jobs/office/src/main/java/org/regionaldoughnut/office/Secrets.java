package org.regionaldoughnut.office;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code ${secret:NAME}} by what the environment holds; the value is never put into a message. */
public final class Secrets {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{secret:([A-Za-z_][A-Za-z0-9_]*)}");
    private final Map<String, String> environment;

    public Secrets(Map<String, String> environment) {
        this.environment = environment;
    }

    public String resolve(String text, Path file) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            String secret = Optional.ofNullable(environment.get(name))
                    .orElseThrow(() -> new ConfigurationException(List.of(new Problem(
                            file, 0, "the secret " + name + " is not in the environment; set the variable " + name))));
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(secret));
        }
        return matcher.appendTail(resolved).toString();
    }
}
