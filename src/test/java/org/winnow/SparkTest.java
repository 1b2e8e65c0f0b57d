package org.winnow;

import org.apache.spark.sql.SparkSession;

/** Gives tests the one Spark session of their JVM, on {@code -Dwinnow.master=MASTER} or {@code local[2]}. */
public final class SparkTest {
    private SparkTest() {}

    private static final class Holder {
        static final SparkSession SESSION = SparkSession.builder()
                .master(System.getProperty("winnow.master", "local[2]"))
                .appName("tests")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 2)
                // Tables of a few rows take longer to compile queries for than to interpret.
                .config("spark.sql.codegen.wholeStage", false)
                .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
                .config("spark.sql.adaptive.enabled", false)
                .config("spark.sql.warehouse.dir", "target/spark-warehouse")
                .getOrCreate();
    }

    /** The session; started by the first who asks, stopped with the JVM. */
    public static SparkSession session() {
        return Holder.SESSION;
    }
}
