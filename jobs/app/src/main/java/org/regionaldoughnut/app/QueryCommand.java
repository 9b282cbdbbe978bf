package org.regionaldoughnut.app;

import picocli.CommandLine.Command;

@Command(name = "query", header = "Placeholder")
final class QueryCommand extends Verb {
    @Override
    public Integer call() {
        return 2;
    }
}
