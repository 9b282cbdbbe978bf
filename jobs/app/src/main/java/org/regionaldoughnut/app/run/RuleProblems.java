package org.regionaldoughnut.app.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.regionaldoughnut.indicators.TermCheck;
import org.regionaldoughnut.office.Contract;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Problem;
import org.regionaldoughnut.office.Source;
import org.regionaldoughnut.validate.Codelists;
import org.regionaldoughnut.validate.RuleCheck;

/** What is wrong with the quality rules and the terms of indicators of an office: found before any data are read. */
public final class RuleProblems {
    private RuleProblems() {}

    /** Problems of the rules of all contracts and sources and of the catalogue's terms, with file and line. */
    public static List<Problem> of(Office office) {
        Codelists codelists = Codelists.in(office.codelistFile("units").getParent());
        List<Problem> problems = new ArrayList<>();
        for (Contract contract : office.contracts().values()) {
            add(RuleCheck.check(contract, contract.rules(), codelists), contract.file(), problems);
        }
        for (Source source : office.sources().values()) {
            Contract contract = office.contracts().get(source.contract());
            add(RuleCheck.check(contract, source.rules(), codelists), source.file(), problems);
        }
        problems.addAll(TermCheck.check(office));
        return problems;
    }

    private static void add(List<RuleCheck.Finding> found, Path file, List<Problem> problems) {
        found.forEach(finding -> problems.add(new Problem(file, finding.rule().line(), finding.message())));
    }
}
