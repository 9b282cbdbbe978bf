package org.regionaldoughnut.ingest.landing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.Place;

/**
 * Takes the rows of a query into a file of JSON lines, in one order, so that the same rows are the same bytes. With a
 * column that grows, each extraction holds the rows beyond the last one's and gives them the action {@code A}: append.
 */
final class Extraction {
    private static final int FETCHED_AT_ONCE = 5_000;
    private static final String ACTION = "ACTION";
    private static final String SUFFIX = ".jsonl.gz";

    private final String source;
    private final Place.Database place;
    private final String url;
    private final Optional<String> user;
    private final Optional<String> password;
    private final Path folder;

    Extraction(
            String source,
            Place.Database place,
            String url,
            Optional<String> user,
            Optional<String> password,
            Path folder) {
        this.source = source;
        this.place = place;
        this.url = url;
        this.user = user;
        this.password = password;
        this.folder = folder;
    }

    void extract() {
        try {
            Files.createDirectories(folder);
            Properties properties = new Properties();
            user.ifPresent(name -> properties.put("user", name));
            password.ifPresent(word -> properties.put("password", word));
            try (Connection connection = DriverManager.getConnection(url, properties)) {
                connection.setReadOnly(true);
                // without this, PostgreSQL's driver takes all rows into memory at once
                connection.setAutoCommit(false);
                extract(connection);
                connection.rollback();
            }
        } catch (SQLException e) {
            throw failed(e.getMessage());
        } catch (IOException e) {
            throw failed("the extraction cannot be written: " + e.getMessage());
        }
    }

    private void extract(Connection connection) throws SQLException, IOException {
        Optional<Mark> last = place.incrementalBy().isPresent() ? lastMark() : Optional.empty();
        List<String> columns = new ArrayList<>();
        int mark = columns(connection, columns);
        String sql = "select * from (" + place.query() + ") extraction"
                + (last.isPresent() ? " where " + quoted(connection, columns.get(mark - 1)) + " > ?" : "")
                + " order by " + order(connection, columns, mark);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCHED_AT_ONCE);
            if (last.isPresent()) {
                statement.setObject(1, last.get().value(), last.get().type());
            }
            try (ResultSet rows = statement.executeQuery()) {
                write(rows, columns, mark, last);
            }
        }
    }

    /** Fills the names of the columns; returns the number of the one that grows, 0 for none. */
    private int columns(Connection connection, List<String> columns) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("select * from (" + place.query() + ") extraction where 1 = 0");
                ResultSet none = statement.executeQuery()) {
            ResultSetMetaData about = none.getMetaData();
            for (int i = 1; i <= about.getColumnCount(); i++) {
                columns.add(about.getColumnLabel(i));
            }
        }
        if (columns.stream().anyMatch(ACTION::equalsIgnoreCase)) {
            throw failed("a column is called " + ACTION + ", which this project writes itself; call it otherwise");
        }
        if (place.incrementalBy().isEmpty()) {
            return 0;
        }
        String wanted = place.incrementalBy().get();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).equalsIgnoreCase(wanted)) {
                return i + 1;
            }
        }
        throw failed("the query has no column " + wanted + ", it has " + String.join(", ", columns));
    }

    private String order(Connection connection, List<String> columns, int mark) throws SQLException {
        List<String> order = new ArrayList<>();
        if (mark > 0) {
            order.add(quoted(connection, columns.get(mark - 1)));
        }
        if (place.orderBy().isEmpty()) {
            order.add(IntStream.rangeClosed(1, columns.size())
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(", ")));
        } else {
            for (String column : place.orderBy()) {
                order.add(quoted(connection, column));
            }
        }
        return String.join(", ", order);
    }

    private static String quoted(Connection connection, String name) throws SQLException {
        String quote = connection.getMetaData().getIdentifierQuoteString().strip();
        return quote.isEmpty() ? name : quote + name.replace(quote, quote + quote) + quote;
    }

    private void write(ResultSet rows, List<String> columns, int mark, Optional<Mark> last)
            throws SQLException, IOException {
        Path part = folder.resolve(".extraction.part");
        long count = 0;
        String greatest = null;
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(part));
                JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.setRootValueSeparator(null);
            while (rows.next()) {
                json.writeStartObject();
                for (int i = 1; i <= columns.size(); i++) {
                    json.writeStringField(columns.get(i - 1), rows.getString(i));
                }
                if (last.isPresent()) {
                    json.writeStringField(ACTION, "A");
                }
                json.writeEndObject();
                json.writeRaw('\n');
                count++;
                String value = mark > 0 ? rows.getString(mark) : null;
                greatest = value == null ? greatest : value;
            }
        }
        if (count == 0) {
            Files.deleteIfExists(part);
            if (last.isEmpty()) {
                throw failed("the query returns no rows");
            }
            return;
        }
        String name = "extraction";
        if (mark > 0) {
            name += String.format(Locale.ROOT, "-%06d", last.map(Mark::number).orElse(0) + 1);
            String value = greatest == null ? "" : greatest;
            // written before the file appears: a file without its mark cannot be
            Files.write(
                    folder.resolve("." + name + ".mark"),
                    List.of(Integer.toString(rows.getMetaData().getColumnType(mark)), value));
        }
        Files.move(
                part,
                folder.resolve(name + SUFFIX),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * How far the last extraction went.
     *
     * @param number of the extraction, from 1
     * @param type code of the column's type in JDBC
     */
    private record Mark(int number, int type, String value) {}

    private Optional<Mark> lastMark() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Optional<String> last = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("extraction-\\d{6,}\\.jsonl\\.gz"))
                    .max(String::compareTo)
                    .map(name -> name.replace(SUFFIX, ""));
            if (last.isEmpty()) {
                return Optional.empty();
            }
            List<String> mark = Files.readAllLines(folder.resolve("." + last.get() + ".mark"));
            return Optional.of(new Mark(
                    Integer.parseInt(last.get().replace("extraction-", "")),
                    Integer.parseInt(mark.get(0)),
                    mark.size() > 1 ? mark.get(1) : ""));
        }
    }

    /** No message holds the password, nor an address that may hold one. */
    private DoughnutException failed(String why) {
        String said = String.valueOf(why).lines().findFirst().orElse("").replace(url, place.url());
        if (password.isPresent() && !password.get().isEmpty()) {
            said = said.replace(password.get(), "***");
        }
        return new DoughnutException(
                ExitCode.SOURCE_UNAVAILABLE,
                "Cannot extract the source '" + source + "' from " + place.url() + ": " + said
                        + ". Correct location.database of the source, or try again when the database answers.");
    }
}
