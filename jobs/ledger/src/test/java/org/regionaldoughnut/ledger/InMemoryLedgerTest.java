package org.regionaldoughnut.ledger;

class InMemoryLedgerTest extends LedgerContractTest {
    private final InMemoryLedger.Store store = new InMemoryLedger.Store();

    @Override
    Ledger open() {
        return new InMemoryLedger(store, clock);
    }
}
