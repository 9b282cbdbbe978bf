/**
 * Gates each batch with Deequ. The raw rows of the new batches of a contract and the rules of the contract and its
 * sources come in; one outcome a rule and batch, the metrics behind them, the rows that fail and the verdict on each
 * batch go out. It must not know how rows were parsed, where tables lie or what becomes of the rows afterwards. Alone
 * in the house it knows Deequ: {@code rules/rules-config.json} on its class path, found before that of the DQDL parser,
 * adds the types of rules that Deequ knows and the parser does not, and those of the house.
 */
package org.regionaldoughnut.validate;
