package org.regionaldoughnut.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.regionaldoughnut.app.run.ReleaseWork;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.publish.Releases;
import org.regionaldoughnut.publish.Standing;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The life of releases. */
@Command(
        name = "release",
        synopsisSubcommandLabel = "ACTION",
        header = "Drafts, approves, publishes, amends, compares and reproduces releases.",
        description = {
            "",
            "A draft becomes a release by being approved (where publication.approval is required) and published, not",
            "before its embargo. An approval holds for the bytes that were approved: any change makes it void.",
            "A published release never changes; a correction is a new version of it."
        },
        footer = {
            "",
            "Examples:",
            "  doughnut release list",
            "  doughnut release approve uk-2026-12-01-1 --by \"A. Clerk\" --note \"Checked against table 3\"",
            "  doughnut release publish                    everything approved whose embargo has ended",
            "  doughnut release amend uk-2026-12-01-1 --note \"Wales was counted twice\"",
            "  doughnut release diff uk-2026-12-01-1 latest",
            "",
            "Exit code 7: an approval is missing or void, or an embargo has not ended."
        },
        subcommands = {
            ReleaseCommand.DraftOne.class,
            ReleaseCommand.Status.class,
            ReleaseCommand.Approve.class,
            ReleaseCommand.Publish.class,
            ReleaseCommand.Amend.class,
            ReleaseCommand.ListAll.class,
            ReleaseComparison.Diff.class,
            ReleaseComparison.Reproduce.class
        })
final class ReleaseCommand extends Verb {
    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "name an action: "
                        + String.join(", ", spec.commandLine().getSubcommands().keySet()));
    }

    /** What every action has. */
    abstract static class Action extends Verb {
        abstract void act(Workplace workplace, ReleaseWork work);

        @Override
        public Integer call() {
            try (Workplace workplace = workplace()) {
                act(workplace, workplace.releases());
            }
            return ended();
        }

        int ended() {
            return ExitCode.DONE.code();
        }

        void show(Standing standing, ZoneId zone) {
            if (options().json) {
                out().println(JsonLine.of(object(standing)));
                return;
            }
            line("release", standing.id().toString());
            line("state", word(standing));
            line("folder", standing.folder().toString());
            line("content", standing.contentHash());
            line("created", local(standing.created(), zone));
            standing.amends().ifPresent(amends -> line("amends", amends));
            standing.embargo().ifPresent(until -> line("embargo", local(until, zone)));
            standing.approval()
                    .ifPresent(a -> line(
                            "approved",
                            local(a.at(), zone) + " by " + a.by() + (a.note().isEmpty() ? "" : ": " + a.note())));
            if (standing.voided()) {
                line("approval", "void: the draft was changed after it was approved");
            }
            standing.published().ifPresent(at -> line("published", local(at, zone)));
            if (!standing.damaged().isEmpty()) {
                line("damaged", String.join(", ", standing.damaged()));
            }
        }

        private void line(String name, String value) {
            out().printf("%-10s %s%n", name, value);
        }

        static String local(Instant at, ZoneId zone) {
            return at.atZone(zone).toLocalDateTime() + " " + zone;
        }

        static String word(Standing standing) {
            return standing.state().name().toLowerCase(Locale.ROOT) + (standing.latest() ? " (latest)" : "");
        }

        static ObjectNode object(Standing standing) {
            ObjectNode object = JsonLine.object();
            object.put("id", standing.id().toString());
            object.put("state", standing.state().name().toLowerCase(Locale.ROOT));
            object.put("latest", standing.latest());
            object.put("folder", standing.folder().toString());
            object.put("content_hash", standing.contentHash());
            object.put("created", standing.created().toString());
            standing.amends().ifPresent(amends -> object.put("amends", amends));
            standing.embargo().ifPresent(until -> object.put("embargo", until.toString()));
            standing.approval().ifPresent(approval -> object.putObject("approval")
                    .put("by", approval.by())
                    .put("at", approval.at().toString())
                    .put("note", approval.note())
                    .put("hash", approval.hash()));
            object.put("approval_void", standing.voided());
            standing.published().ifPresent(at -> object.put("published", at.toString()));
            ArrayNode damaged = object.putArray("damaged");
            standing.damaged().forEach(damaged::add);
            return object;
        }

        static Optional<Instant> time(String text, ZoneId zone) {
            if (text == null) {
                return Optional.empty();
            }
            try {
                return Optional.of(
                        text.matches(".*(Z|[+-]\\d{2}:\\d{2})")
                                ? OffsetDateTime.parse(text).toInstant()
                                : LocalDateTime.parse(text).atZone(zone).toInstant());
            } catch (DateTimeException e) {
                throw new DoughnutException(
                        ExitCode.USAGE,
                        "Cannot read --embargo '" + text + "': it is not a time such as 2026-12-01T09:30 (local time of"
                                + " the office) or 2026-12-01T09:30:00Z. Write it so.");
            }
        }
    }

    @Command(
            name = "draft",
            header = "Builds a draft of the figures there are, with its pages, and leaves it a draft.",
            footer = {"", "Examples:", "  doughnut release draft", "  doughnut release draft --embargo 2026-12-01T09:30"
            })
    static final class DraftOne extends Action {
        @Option(names = "--embargo", paramLabel = "TIME", description = "Not to be published before.")
        String embargo;

        @Override
        void act(Workplace workplace, ReleaseWork work) {
            ZoneId zone = workplace.office().timeZone();
            show(work.draft(time(embargo, zone)), zone);
        }
    }

    @Command(
            name = "status",
            header = "Says where a release stands, and whether its approval and its files are as they were.",
            footer = {"", "Examples:", "  doughnut release status", "  doughnut release status uk-2026-12-01-1 --json"})
    static final class Status extends Action {
        @Parameters(
                paramLabel = "ID",
                arity = "0..1",
                description = "A release, or latest (default: the newest draft, else the latest release).")
        String id;

        @Override
        void act(Workplace workplace, ReleaseWork work) {
            show(work.status(Optional.ofNullable(id)), workplace.office().timeZone());
        }
    }

    @Command(
            name = "approve",
            header = "Approves a draft as it is now.",
            footer = {
                "",
                "Examples:",
                "  doughnut release approve uk-2026-12-01-1 --by \"A. Clerk\"",
                "  doughnut release approve uk-2026-12-01-1 --by \"A. Clerk\" --embargo 2026-12-01T09:30"
            })
    static final class Approve extends Action {
        @Parameters(paramLabel = "ID", description = "The draft.")
        String id;

        @Option(names = "--by", paramLabel = "NAME", required = true, description = "Who approves.")
        String by;

        @Option(names = "--note", paramLabel = "TEXT", description = "What they say about it.", defaultValue = "")
        String note;

        @Option(
                names = "--embargo",
                paramLabel = "TIME",
                description = "Not to be published before; replaces the time of the calendar.")
        String embargo;

        @Override
        void act(Workplace workplace, ReleaseWork work) {
            ZoneId zone = workplace.office().timeZone();
            if (by.isBlank()) {
                throw new DoughnutException(
                        ExitCode.USAGE, "Cannot approve " + id + ": --by is empty. Name who approves.");
            }
            show(work.approve(id, by.strip(), note, time(embargo, zone)), zone);
        }
    }

    @Command(
            name = "publish",
            header = "Puts a release before its readers, all at once.",
            footer = {
                "",
                "Examples:",
                "  doughnut release publish uk-2026-12-01-1",
                "  doughnut release publish        everything approved whose embargo has ended: for a timetable"
            })
    static final class Publish extends Action {
        @Parameters(paramLabel = "ID", arity = "0..1", description = "The draft (default: all that are due).")
        String id;

        private DeliveryLines lines = DeliveryLines.NONE;

        @Override
        int ended() {
            return lines.after(ExitCode.DONE.code());
        }

        @Override
        void act(Workplace workplace, ReleaseWork work) {
            List<Releases.Release> published = id == null ? work.publishDue() : List.of(work.publish(id));
            lines = DeliveryLines.onRelease(this, workplace);
            if (options().json) {
                ArrayNode array = JsonLine.object().putArray("published");
                published.forEach(release -> {
                    ObjectNode object = array.addObject();
                    object.put("id", release.id().toString());
                    object.put("folder", release.folder().toString());
                    lines.into(object);
                });
                out().println(JsonLine.of(array));
                return;
            }
            if (published.isEmpty()) {
                out().println("Nothing to publish: no approved draft whose embargo has ended.");
            }
            published.forEach(release -> out().println("Release: " + release.folder()));
            lines.print(this);
        }
    }

    @Command(
            name = "amend",
            header = "Builds the next version of a published release from the figures there are now.",
            description = {
                "",
                "The old version stays as it is. The new one is a draft that inherits its notes; approve and publish",
                "it as any other."
            },
            footer = {"", "Examples:", "  doughnut release amend latest --note \"Wales was counted twice\""})
    static final class Amend extends Action {
        @Parameters(paramLabel = "ID", description = "The release, or latest.")
        String id;

        @Option(
                names = "--note",
                paramLabel = "TEXT",
                required = true,
                description = "What a reader is told about the correction.")
        String note;

        @Option(names = "--embargo", paramLabel = "TIME", description = "Not to be published before.")
        String embargo;

        @Override
        void act(Workplace workplace, ReleaseWork work) {
            ZoneId zone = workplace.office().timeZone();
            show(work.amend(id, note, time(embargo, zone)), zone);
        }
    }

    @Command(
            name = "list",
            header = "Lists releases and drafts in the order in which they were made.",
            footer = {"", "Examples:", "  doughnut release list", "  doughnut release list --json"})
    static final class ListAll extends Action {
        @Override
        void act(Workplace workplace, ReleaseWork work) {
            List<Standing> all = work.list();
            if (options().json) {
                ArrayNode array = JsonLine.object().putArray("releases");
                all.forEach(standing -> array.add(object(standing)));
                out().println(JsonLine.of(array));
                return;
            }
            int width =
                    all.stream().mapToInt(s -> s.id().toString().length()).max().orElse(2);
            ZoneId zone = workplace.office().timeZone();
            String form = "%-" + Math.max(width, 2) + "s  %-19s  %-26s  %s%n";
            out().printf(form, "id", "state", "published or embargo", "approved by");
            for (Standing standing : all) {
                String when = standing.published()
                        .or(standing::embargo)
                        .map(at -> at.atZone(zone).toLocalDateTime().toString())
                        .orElse("");
                out().printf(
                                form,
                                standing.id(),
                                word(standing),
                                when,
                                standing.approval().map(a -> a.by()).orElse(""));
            }
        }
    }
}
