/**
 * Gates each batch with Deequ. The raw rows of the new batches of a contract and the rules of the contract and its
 * sources come in; one outcome a rule and batch, the metrics behind them, the rows that fail and the verdict on each
 * batch go out. It must not know how rows were parsed, where tables lie or what becomes of the rows afterwards. Alone
 * in the house it knows Deequ.
 */
package org.regionaldoughnut.validate;
