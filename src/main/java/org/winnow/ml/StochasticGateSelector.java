package org.winnow.ml;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.winnow.check.UserError;
import org.winnow.data.Feature;
import org.winnow.data.Task;
import org.winnow.model.GateResult;
import org.winnow.model.Score;
import org.winnow.model.TrialId;
import org.winnow.select.FeatureSelection;
import org.winnow.select.SelectOptions;
import org.winnow.train.AveragingTrainer.Trained;
import org.winnow.train.Leg;
import org.winnow.train.TrainingData;

/**
 * Selects features with stochastic gates (Yamada et al. 2020, arXiv:1810.04247), as {@code jobs/select.sh} does: with the
 * same rows in the same order, the same settings and the same seed the gates come to the same numbers.
 */
public final class StochasticGateSelector extends Estimator<StochasticGateSelectorModel>
        implements StochasticGateSelectorParams,
                GateSetters<StochasticGateSelector>,
                TrainingSetters<StochasticGateSelector>,
                MLWritable {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(StochasticGateSelector.class);

    private final String uid;

    public StochasticGateSelector() {
        this(Identifiable$.MODULE$.randomUID("stochasticGateSelector"));
    }

    public StochasticGateSelector(String uid) {
        this.uid = uid;
        setSelectorDefaults();
    }

    @Override
    public String uid() {
        return uid;
    }

    public StochasticGateSelector setOutputCol(String value) {
        return Settings.set(this, outputCol(), value);
    }

    public StochasticGateSelector setOnEmpty(String value) {
        return Settings.set(this, onEmpty(), value);
    }

    public StochasticGateSelector setTask(String value) {
        return Settings.set(this, task(), value);
    }

    public StochasticGateSelector setHidden(int... value) {
        return Settings.set(this, hidden(), value);
    }

    @Override
    public StochasticGateSelectorModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        return Words.ofParams(() -> {
            try (TrainingRows rows =
                    TrainingRows.of(dataset, this, Settings.constant(Task.class, getTask()), labels -> 0)) {
                return fit(rows);
            }
        });
    }

    private StochasticGateSelectorModel fit(TrainingRows rows) {
        long started = System.nanoTime();
        FeatureSelection.Options options = new FeatureSelection.Options(
                gateOptions(),
                networkOptions(),
                trainOptions(getTemperatureSchedule()),
                selectOptions(0, getLearningRate()));
        TrainingData data = TrainingData.of(rows.loaded(), options.train());
        FeatureSelection selection = new FeatureSelection(data, options, FeatureSelection.Listener.SILENT);
        Map<String, String> params = Settings.values(this);
        String trialId = TrialId.of(params, data.fingerprint());
        Decided decided = options.select().by() == SelectOptions.By.GATES
                ? byGates(selection, trialId, options.select())
                : new Decided(selection.ranked(trialId), Double.NaN, Score.NONE);
        List<GateResult> gates = keepingSome(selection, decided.gates());
        int[] kept = kept(rows, selection, gates);
        double seconds = (System.nanoTime() - started) * 1e-9;
        StochasticGateSelectorModel.Learned learned = new StochasticGateSelectorModel.Learned(
                rows.features().size(),
                kept,
                gates,
                selection.features(gates),
                selection.trial(
                        trialId, params, decided.loss(), gates, Optional.of(decided.heldOut()), Score.NONE, seconds));
        return copyValues(new StochasticGateSelectorModel(uid, learned).setParent(this), extractParamMap());
    }

    /** Gates, and the loss and the judgement of the network that was trained behind them, if there was one. */
    private record Decided(List<GateResult> gates, double loss, Score heldOut) {}

    private static Decided byGates(FeatureSelection selection, String trialId, SelectOptions select) {
        Trained gated = selection.trainGates(trialId, Optional.empty(), Leg.WHOLE, (round, values) -> {});
        return new Decided(selection.gates(trialId, gated, select), gated.loss(), gated.heldOut());
    }

    /** The gates, of which at least one is kept, if need be the one that ranks first. */
    private List<GateResult> keepingSome(FeatureSelection selection, List<GateResult> gates) {
        if (gates.stream().anyMatch(GateResult::selected)) {
            return gates;
        }
        if (Settings.constant(OnEmpty.class, getOnEmpty()) == OnEmpty.ERROR) {
            throw new UserError(selection.nothingKept());
        }
        LOG.warn(
                "{}: {}; the feature that ranks first is kept (onEmpty=error ends the fit)",
                uid,
                Words.ofParams(selection.nothingKept()));
        return gates.stream()
                .map(gate -> gate.decided(gate.trialId(), gate.rank() == 1))
                .toList();
    }

    /** Places in the vector of what is kept; columns that do not vary have no gate. */
    private static int[] kept(TrainingRows rows, FeatureSelection selection, List<GateResult> gates) {
        List<Feature> features = rows.loaded().schema().features();
        return rows.places(selection.keptFeatures(gates).stream()
                .map(index -> features.get(index).name())
                .toList());
    }

    /** @throws IllegalArgumentException if a column is not there or of another type, or the one to be is */
    @Override
    public StructType transformSchema(StructType schema) {
        return Words.ofParams(() -> {
            TrainingRows.requireColumns(this, schema);
            return StochasticGateSelectorModel.withOutput(this, schema, Optional.empty());
        });
    }

    @Override
    public StochasticGateSelector copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    @Override
    public MLWriter write() {
        return Saved.writer(this, Map.of());
    }

    public static MLReader<StochasticGateSelector> read() {
        return Saved.reader(StochasticGateSelector.class, (uid, path, files) -> new StochasticGateSelector(uid));
    }

    public static StochasticGateSelector load(String path) {
        return read().load(path);
    }
}
