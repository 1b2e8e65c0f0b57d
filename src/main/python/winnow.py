"""Winnow's Estimators and Models for PySpark: thin wrappers over the Java classes of org.winnow.ml.

Start pyspark with Winnow's jar (--jars) and this file (--py-files), then

    from winnow import SparseClassifier, StochasticGateSelector
    model = StochasticGateSelector(outputCol="kept", regWeight=0.02).fit(rows)
    model.gates().toPandas()
    SparseClassifier(featuresCol="kept", method="vd").fit(model.transform(rows)).relevance().show()
"""

import sys

from py4j.java_collections import JavaArray
from pyspark import keyword_only
from pyspark.ml.classification import ProbabilisticClassificationModel, ProbabilisticClassifier
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.regression import RegressionModel, Regressor
from pyspark.ml.util import JavaMLReadable, JavaMLReader, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel
from pyspark.sql import DataFrame, SparkSession

__all__ = [
    "SparseClassifier",
    "SparseClassifierModel",
    "SparseRegressor",
    "SparseRegressorModel",
    "StochasticGateSelector",
    "StochasticGateSelectorModel",
]

# What models have as DataFrames.
TABLES = ["ablations", "gates", "masks", "relevance", "trials"]

_PACKAGE = "org.winnow.ml"
# Java names its classes so when Python looks for the wrapper of a stage that it loads.
sys.modules[_PACKAGE] = sys.modules[__name__]

_STRING, _FLOAT, _INT = TypeConverters.toString, TypeConverters.toFloat, TypeConverters.toInt
_BOOLEAN = TypeConverters.toBoolean
_STRINGS, _FLOATS, _INTS = TypeConverters.toListString, TypeConverters.toListFloat, TypeConverters.toListInt

_ROWS = {
    "featuresCol": _STRING,
    "labelCol": _STRING,
    "weightCol": _STRING,
    "handleInvalid": _STRING,
    "seed": _INT,
    "shards": _INT,
    "standardise": _STRING,
    "testFraction": _FLOAT,
}
_TRAINING = {
    "activation": _STRING,
    "epochs": _INT,
    "batchSize": _INT,
    "learningRate": _FLOAT,
    "learningRateSchedule": _STRINGS,
    "weightDecay": _FLOAT,
    "inputNoise": _FLOAT,
    "penaltySchedule": _STRINGS,
    "averagingFrequency": _INT,
    "evaluateEvery": _INT,
    "patience": _INT,
}
_GATES = {
    "regWeight": _FLOAT,
    "distribution": _STRING,
    "std": _FLOAT,
    "temperature": _FLOAT,
    "lowerBound": _FLOAT,
    "upperBound": _FLOAT,
    "groups": _STRING,
    "regReduction": _STRING,
    "selectBy": _STRING,
    "threshold": _FLOAT,
    "topK": _INT,
    "fdr": _FLOAT,
    "temperatureSchedule": _STRINGS,
}
_NETWORK = {"layers": _STRINGS, "image": _INTS, "complex": _BOOLEAN}
_STAGES = {
    "denseEpochs": _INT,
    "denseLearningRate": _FLOAT,
    "denseLearningRateSchedule": _STRINGS,
    "finetuneEpochs": _INT,
    "finetuneLearningRate": _FLOAT,
    "finetuneLearningRateSchedule": _STRINGS,
}
_PRUNE = {
    "method": _STRING,
    "prunedLayers": _STRINGS,
    "layerMethods": _STRING,
    "unit": _STRING,
    "regWeight": _FLOAT,
    "layerRegWeights": _STRINGS,
    "initial": _STRINGS,
    "temperatureFactor": _FLOAT,
    "pruneThresholds": _FLOATS,
    "layerThresholds": _STRINGS,
    "allowEmpty": _BOOLEAN,
    "finetuneAll": _BOOLEAN,
    "steps": _INT,
    "pace": _STRING,
    "rewindEpoch": _INT,
    "targetSparsity": _FLOAT,
    "targetMetricDrop": _FLOAT,
    "searchBy": _STRING,
    "searchTries": _INT,
    "ablate": _STRING,
    "ablateRepeats": _INT,
}
_SELECTOR = {
    **_ROWS,
    **_TRAINING,
    **_GATES,
    "hidden": _INTS,
    "onEmpty": _STRING,
    "outputCol": _STRING,
    "task": _STRING,
}
_REGRESSOR = {**_ROWS, **_TRAINING, **_NETWORK, **_STAGES, **_PRUNE, "predictionCol": _STRING}
_CLASSIFIER = {**_REGRESSOR, "rawPredictionCol": _STRING, "probabilityCol": _STRING, "thresholds": _FLOATS}


def _params(java_params):
    """Gives a class its params, with getters and setters; their docs and defaults are those of Java."""

    def decorate(cls):
        for name, converter in java_params.items():
            setattr(cls, name, Param(Params._dummy(), name, name + " of the Java class", converter))
            upper = name[0].upper() + name[1:]
            setattr(cls, "get" + upper, lambda self, name=name: self.getOrDefault(name))
            setattr(cls, "set" + upper, lambda self, value, name=name: self._set(**{name: value}))
        return cls

    return decorate


def _adopt(stage):
    """Takes docs and defaults from the Java object, so that explainParams says what Java's does."""
    for param in stage.params:
        java = stage._java_obj.getParam(param.name)
        param.doc = java.doc()
    stage._transfer_params_from_java()
    # PySpark converts what is set, and leaves defaults as they come.
    defaults = stage._defaultParamMap
    defaults.update({param: list(value) for param, value in defaults.items() if isinstance(value, JavaArray)})


class _Readable(JavaMLReadable):
    @classmethod
    def read(cls):
        return _Reader(cls)


class _Reader(JavaMLReader):
    @classmethod
    def _java_loader_class(cls, clazz):
        return _PACKAGE + "." + clazz.__name__


class _Estimator(JavaEstimator, JavaMLWritable, _Readable):
    @keyword_only
    def __init__(self, **values):
        super().__init__()
        self._java_obj = self._new_java_obj(_PACKAGE + "." + type(self).__name__, self.uid)
        _adopt(self)
        self._set(**values)

    def _create_model(self, java_model):
        return globals()[type(self).__name__ + "Model"](java_model)


class _Model(JavaModel, JavaMLWritable, _Readable):
    def __init__(self, java_model=None):
        super().__init__(java_model)
        if java_model is not None:
            _adopt(self)

    def _table(self, name):
        return DataFrame(self._call_java_object(name), SparkSession.active())

    def _call_java_object(self, name):
        self._transfer_params_to_java()
        return getattr(self._java_obj, name)()

    def summary(self):
        """The result, for people."""
        return self._call_java("summary")

    @property
    def numFeatures(self):
        """Numbers that a vector has to have."""
        return self._call_java("numFeatures")


@_params(_SELECTOR)
class StochasticGateSelector(_Estimator):
    """Selects features with stochastic gates."""


@_params(_SELECTOR)
class StochasticGateSelectorModel(_Model):
    """Keeps the features that a StochasticGateSelector has selected."""

    def gates(self):
        """A row for each gate."""
        return self._table("gates")

    def trials(self):
        """The row of the trial."""
        return self._table("trials")

    @property
    def selectedFeatures(self):
        """Places in the vector of the features that are kept, rising."""
        return list(self._call_java("selectedFeatures"))


class _PredictorModel(_Model):
    def predict(self, value):
        """The prediction for one vector."""
        return self._answer("predict", value)

    def _answer(self, name, value):
        self._transfer_params_to_java()
        return self._call_java(name, value)

    def relevance(self):
        """A row for each layer and threshold."""
        return self._table("relevance")

    def masks(self):
        """A row for each mask and threshold."""
        return self._table("masks")

    def gates(self):
        """A row for each gate of the layers whose method has gates."""
        return self._table("gates")

    def ablations(self):
        """A row for each ablation."""
        return self._table("ablations")

    def trials(self):
        """A row for each try of a search and for the result."""
        return self._table("trials")

    @property
    def usedFeatures(self):
        """Places in the vector of the features that the network still looks at, rising."""
        return list(self._call_java("usedFeatures"))


@_params(_CLASSIFIER)
class SparseClassifier(_Estimator, ProbabilisticClassifier):
    """Learns classes with a network that it makes sparse."""


@_params(_CLASSIFIER)
class SparseClassifierModel(_PredictorModel, ProbabilisticClassificationModel):
    """What a SparseClassifier has learned: a network with few weights."""

    def predictRaw(self, value):
        """The network's answers to one vector before they become probabilities."""
        return self._answer("predictRaw", value)

    def predictProbability(self, value):
        """The probabilities of the classes of one vector."""
        return self._answer("predictProbability", value)

    @property
    def numClasses(self):
        """How many classes there are."""
        return self._call_java("numClasses")


@_params(_REGRESSOR)
class SparseRegressor(_Estimator, Regressor):
    """Learns a number with a network that it makes sparse."""


@_params(_REGRESSOR)
class SparseRegressorModel(_PredictorModel, RegressionModel):
    """What a SparseRegressor has learned: a network with few weights."""
