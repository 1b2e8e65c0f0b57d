package org.winnow.sweep;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.winnow.check.UserError;
import org.winnow.model.TrialId;
import org.winnow.train.TrainingData;

/** Does work where the data is: whole on an executor that it was sent to, or here and spread over its shards. */
final class Runner<C extends Serializable> {
    private final SparkSession spark;
    private final Work<C> work;
    private final DataPool pool;
    private final References references;

    Runner(SparkSession spark, Work<C> work, DataPool pool, Ledger ledger) {
        this.spark = spark;
        this.work = work;
        this.pool = pool;
        references = new References(ledger);
    }

    /** A function of data that may be sent. */
    private interface OnData<R> extends Serializable {
        R apply(TrainingData data);
    }

    /** What a trial is compared with; trained once for all that differ in nothing that it depends on. */
    Reference reference(Configured<C> configured, String dataKey) {
        Map<String, String> params = new LinkedHashMap<>(configured.params());
        params.keySet().removeIf(key -> !work.isOfReference(key));
        String id = TrialId.of(params, pool.data(dataKey).fingerprint());
        Work<C> doing = work;
        C options = configured.options();
        return references.get(
                id,
                () -> on(dataKey, data -> Referred.of(() -> doing.reference(data, options, id)))
                        .orElseThrow());
    }

    /**
     * A reference, or what was wrong with the input: a task that fails would be tried again, and its trace shown.
     *
     * @param error of the user; null: there is a reference
     */
    private record Referred(
            @Nullable Reference reference, @Nullable String error) implements Serializable {
        static Referred of(Supplier<Reference> train) {
            try {
                return new Referred(train.get(), null);
            } catch (UserError e) {
                return new Referred(null, e.getMessage());
            }
        }

        Reference orElseThrow() {
            if (reference == null) {
                throw new UserError(String.valueOf(error));
            }
            return reference;
        }
    }

    /** Does a task. */
    Outcome run(Task<C> task, String dataKey, Reference reference) {
        Work<C> doing = work;
        return on(dataKey, data -> doing.run(data, task, reference));
    }

    private <R> R on(String dataKey, OnData<R> function) {
        Optional<Broadcast<TrainingData>> sent = pool.sent(dataKey);
        return sent.isPresent() ? onExecutor(function, sent.get()) : function.apply(pool.data(dataKey));
    }

    private <R> R onExecutor(OnData<R> function, Broadcast<TrainingData> data) {
        return JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(List.of(0), 1)
                .map(nothing -> function.apply(data.value()))
                .collect()
                .get(0);
    }
}
