package org.regionaldoughnut.office;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${secret:NAME}} by what the environment holds, or else the file that {@code DOUGHNUT_SECRETS} names,
 * with lines {@code NAME=value}; the value is never put into a message.
 */
public final class Secrets {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{secret:([A-Za-z_][A-Za-z0-9_]*)}");
    private static final String FILE = "DOUGHNUT_SECRETS";
    private final Map<String, String> environment;
    private Map<String, String> file;

    public Secrets(Map<String, String> environment) {
        this.environment = environment;
    }

    public String resolve(String text, Path file) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            String secret = secret(name)
                    .orElseThrow(() -> new ConfigurationException(List.of(new Problem(
                            file,
                            0,
                            "the secret " + name + " is not in the environment; set the variable " + name
                                    + ", or write it to the file that " + FILE + " names"))));
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(secret));
        }
        return matcher.appendTail(resolved).toString();
    }

    private Optional<String> secret(String name) {
        return Optional.ofNullable(environment.get(name)).or(() -> Optional.ofNullable(ofFile().get(name)));
    }

    private synchronized Map<String, String> ofFile() {
        if (file == null) {
            file = new HashMap<>();
            String path = environment.get(FILE);
            if (path != null) {
                try {
                    for (String line : Files.readAllLines(Path.of(path))) {
                        int equals = line.indexOf('=');
                        if (equals > 0 && !line.startsWith("#")) {
                            file.put(
                                    line.substring(0, equals).strip(),
                                    line.substring(equals + 1).strip());
                        }
                    }
                } catch (IOException e) {
                    throw new ConfigurationException(
                            List.of(new Problem(Path.of(path), 0, "cannot be read, though " + FILE + " names it")));
                }
            }
        }
        return file;
    }
}
