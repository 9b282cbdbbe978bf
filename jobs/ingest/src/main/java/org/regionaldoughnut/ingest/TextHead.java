package org.regionaldoughnut.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.regionaldoughnut.office.Format;

/**
 * The lines of a text down to its header.
 *
 * @param lines cells of each line; the last is the header
 */
record TextHead(List<List<String>> lines) {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    static Cells.Writing writing(Format format) {
        return new Cells.Writing(format.delimiter(), format.quote(), format.encoding());
    }

    static TextHead of(Receipt receipt, Format format) {
        Content content = Content.of(receipt);
        if (receipt.bytes() == 0) {
            throw Refusal.empty(receipt.file());
        }
        List<List<String>> head = new ArrayList<>();
        Cells cells = new Cells(writing(format));
        boolean quoted = format.multiline() && !format.quote().isEmpty();
        try (Lines lines =
                quoted ? Lines.quoted(content, format.quote().charAt(0)) : Lines.of(content, Block.whole())) {
            while (head.size() < format.headerLine() && lines.advance()) {
                requireText(receipt, lines);
                // lines that a quoted cell of the preamble spans count as well
                while (head.size() < lines.number() - 1) {
                    head.add(List.of());
                }
                cells.cut(lines.bytes(), lines.from(), lines.to());
                List<String> texts = new ArrayList<>(cells.texts());
                if (head.isEmpty() && !texts.isEmpty() && texts.get(0) != null) {
                    texts.set(0, unmarked(texts.get(0)));
                }
                head.add(cells.isEmpty() ? List.of() : texts);
                if (head.size() == format.headerLine() && cells.problem() != null) {
                    throw Refusal.badHeader(receipt.file(), format.headerLine(), cells.problem());
                }
            }
        } catch (IOException e) {
            throw Refusal.damaged(content, e);
        }
        if (head.isEmpty()) {
            throw Refusal.empty(receipt.file());
        }
        if (head.size() < format.headerLine()
                || head.get(format.headerLine() - 1).isEmpty()) {
            throw Refusal.noHeader(receipt.file(), format.headerLine(), head.size());
        }
        return new TextHead(head);
    }

    private static String unmarked(String cell) {
        String text = cell.replace(BYTE_ORDER_MARK, "");
        // the quotes behind a mark did not begin the cell
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private static void requireText(Receipt receipt, Lines line) {
        if (line.isTooLong()) {
            throw Refusal.badHeader(receipt.file(), (int) line.number(), Refusal.lineTooLong());
        }
        for (int i = line.from(); i < line.to(); i++) {
            if (line.bytes()[i] == 0) {
                throw Refusal.binary(receipt.file(), i - line.from());
            }
        }
    }

    List<String> headerCells() {
        return lines.get(lines.size() - 1);
    }

    Header header() {
        return Header.of(headerCells(), lines.subList(0, lines.size() - 1));
    }
}
