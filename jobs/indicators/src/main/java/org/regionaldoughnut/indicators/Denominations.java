package org.regionaldoughnut.indicators;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;

/** In which unit or currency the figures of each term are: there must be one, or they cannot be added. */
final class Denominations {
    private final List<Request> requests;
    private final Map<Integer, String> known = new TreeMap<>();

    Denominations(List<Request> requests) {
        this.requests = requests;
    }

    /**
     * @param request its number
     * @throws DoughnutException where figures of the request were met in another one
     */
    void met(int request, String unit) {
        String before = known.putIfAbsent(request, unit);
        if (before != null && !before.equals(unit)) {
            Request its = requests.get(request);
            boolean inOrder = before.compareTo(unit) < 0;
            throw new DoughnutException(
                    ExitCode.CONFIGURATION,
                    "Cannot compute a term of the series '" + its.series() + "': the rows where "
                            + its.term().where().orElse("(all)") + " are in " + (inOrder ? before : unit) + " and in "
                            + (inOrder ? unit : before)
                            + ", which cannot be added. Choose one by the term's condition in conf/indicators, or"
                            + " convert them in the sources.");
        }
    }

    /** What was met, for others. */
    byte[] sealed() {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(sealed)) {
            for (Map.Entry<Integer, String> met : known.entrySet()) {
                out.writeInt(met.getKey());
                out.writeUTF(met.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sealed.toByteArray();
    }

    /** Adds what another has met. */
    void add(byte[] sealed) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(sealed))) {
            while (in.available() > 0) {
                met(in.readInt(), in.readUTF());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
