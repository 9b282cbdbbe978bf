package org.regionaldoughnut.app.run;

/** The rooms of one run, each called with what the ledger and the office say. */
record Rooms(
        IngestRoom ingest,
        ValidateRoom validate,
        HarmoniseRoom harmonise,
        IndicatorsRoom indicators,
        StatisticsRoom statistics,
        ReleaseRoom release) {
    Rooms(RunContext today) {
        this(
                new IngestRoom(today),
                new ValidateRoom(today),
                new HarmoniseRoom(today),
                new IndicatorsRoom(today),
                new StatisticsRoom(today),
                new ReleaseRoom(today));
    }
}
