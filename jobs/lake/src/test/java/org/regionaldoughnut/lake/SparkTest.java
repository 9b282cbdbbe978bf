package org.regionaldoughnut.lake;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one Spark session of their JVM: {@code @ExtendWith(SparkTest.class)} and a parameter. */
public final class SparkTest implements ParameterResolver {
    private static SparkSession session;

    public static synchronized SparkSession session() {
        if (session == null) {
            Map<String, String> settings = new HashMap<>(Session.forSmallData());
            settings.put("spark.sql.warehouse.dir", "target/warehouse");
            session = Session.open("local[2]", settings);
            session.sparkContext().setLogLevel("ERROR");
        }
        return session;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType().equals(SparkSession.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return session();
    }
}
