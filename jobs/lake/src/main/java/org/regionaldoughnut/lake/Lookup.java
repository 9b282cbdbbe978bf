package org.regionaldoughnut.lake;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * What texts stand for, one find a row. A literal map in a plan is searched entry by entry, and becomes part of each
 * description of the plan.
 */
public final class Lookup {
    private final UserDefinedFunction find;

    /** @param entries text to what it stands for; not for more than a worker holds beside its rows */
    public Lookup(Map<String, String> entries) {
        HashMap<String, String> all = new HashMap<>(entries);
        find = functions.udf((UDF1<String, String>) all::get, DataTypes.StringType);
    }

    /** What a text stands for; null where it is not among the entries. */
    public Column of(Column text) {
        return find.apply(text);
    }
}
