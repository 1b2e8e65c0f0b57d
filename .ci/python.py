"""The wrappers of winnow.py against the Java classes, and at work."""

import sys

import winnow
from pyspark.errors import IllegalArgumentException
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.classification import LogisticRegression, OneVsRest, OneVsRestModel, ProbabilisticClassifier
from pyspark.ml.evaluation import MulticlassClassificationEvaluator
from pyspark.ml.feature import StringIndexer, VectorAssembler
from pyspark.ml.tuning import CrossValidator, ParamGridBuilder
from pyspark.sql import SparkSession

DATA = "src/main/data/breast-cancer.csv"
LABEL = "diagnosis"


def check(holds, what):
    if not holds:
        sys.exit(f"python: {what}")


def same_as_java(spark):
    """Every wrapper has the params of its Java class, with their docs, defaults, getters and, if it fits, setters."""
    for name in winnow.__all__:
        wrapper = getattr(winnow, name)
        if not name.endswith("Model"):
            stage = wrapper()
            mine = {param.name: param for param in stage.params}
            theirs = {param.name(): param for param in stage._java_obj.params()}
            check(mine.keys() == theirs.keys(), f"{name} differs in {mine.keys() ^ theirs.keys()}")
            for param in stage.params:
                default = stage._java_obj.getDefault(theirs[param.name])
                check(param.doc == theirs[param.name].doc(), f"{name}.{param.name} has another doc")
                check(stage.hasDefault(param) == default.isDefined(), f"{name}.{param.name}: default")
                if default.isDefined():
                    value = default.get()
                    value = list(value) if hasattr(value, "__len__") and not isinstance(value, str) else value
                    check(stage.getOrDefault(param) == value, f"{name}.{param.name}: {value}")
                upper = param.name[0].upper() + param.name[1:]
                check(hasattr(stage, "set" + upper) and hasattr(stage, "get" + upper), f"{name}: set{upper}")
        tables = {table for table in winnow.TABLES if hasattr(wrapper, table)}
        check(tables == tables_of_java(spark, name), f"{name} has other tables than Java: {tables}")


def tables_of_java(spark, name):
    """Methods without arguments that answer with a Dataset."""
    java = spark.sparkContext._jvm.java.lang
    loader = java.Thread.currentThread().getContextClassLoader()
    methods = java.Class.forName("org.winnow.ml." + name, False, loader).getMethods()
    dataset = "org.apache.spark.sql.Dataset"
    return {m.getName() for m in methods if m.getReturnType().getName() == dataset and m.getParameterCount() == 0}


def selector(**more):
    values = {"labelCol": "y", "outputCol": "kept", "epochs": 10, "hidden": [8], "shards": 2, "topK": 5, "learningRate": 0.01}
    return winnow.StochasticGateSelector(**{**values, **more})


def main(work):
    spark = SparkSession.builder.getOrCreate()
    same_as_java(spark)
    rows = spark.read.csv(DATA, header=True, inferSchema=True).coalesce(1)
    features = [column for column in rows.columns if column != LABEL]
    assembled = VectorAssembler(inputCols=features, outputCol="features")
    indexed = StringIndexer(inputCol=LABEL, outputCol="y")
    ready = assembled.transform(indexed.fit(rows).transform(rows))

    model = selector().fit(ready)
    check(len(model.selectedFeatures) == 5 and model.numFeatures == 30, model.selectedFeatures)
    kept = model.transform(ready)
    check(len(kept.first().kept) == 5, kept.first())
    names = [attribute["name"] for attribute in kept.schema["kept"].metadata["ml_attr"]["attrs"]["numeric"]]
    check(names == [features[place] for place in model.selectedFeatures], names)
    gates = model.gates()
    check(gates.filter("selected").count() == 5, gates.collect())
    table = gates.toPandas()
    check(len(table) == 30 and table["value"].between(0, 1).all(), table)
    check(model.trials().first().kept == 5, model.trials().collect())
    check("kept 5 of 30 features" in model.summary(), model.summary())
    check(model.getTopK() == 5 and "regWeight: Price" in model.explainParams(), model.explainParams())

    chosen = selector(epochs=3)
    pipeline = Pipeline(stages=[indexed, assembled, chosen, LogisticRegression(featuresCol="kept", labelCol="y")])
    grid = ParamGridBuilder().addGrid(chosen.topK, [1, 5]).build()
    judge = MulticlassClassificationEvaluator(labelCol="y", metricName="accuracy")
    tuned = CrossValidator(estimator=pipeline, estimatorParamMaps=grid, evaluator=judge, numFolds=2, seed=1).fit(rows)
    check(len(tuned.avgMetrics) == 2, tuned.avgMetrics)
    tuned.bestModel.write().overwrite().save(work + "/pipeline")
    back = PipelineModel.load(work + "/pipeline")
    check(type(back.stages[2]) is winnow.StochasticGateSelectorModel, back.stages)
    expected = tuned.bestModel.transform(rows).select("probability").collect()
    check(expected == back.transform(rows).select("probability").collect(), "a loaded pipeline predicts otherwise")
    check(judge.evaluate(back.transform(rows)) > 0.85, "accuracy")
    pipeline.write().overwrite().save(work + "/estimator")
    again = Pipeline.load(work + "/estimator").getStages()[2]
    check(type(again) is winnow.StochasticGateSelector and again.getEpochs() == 3, again)
    refused(lambda: selector(labelCol="yy").fit(ready), 'labelCol: no column "yy"; columns: ')
    dear = selector(topK=0, regWeight=50.0, learningRate=0.1)
    check(len(dear.fit(ready).selectedFeatures) == 1, "a price that no feature is worth")
    refused(lambda: dear.setOnEmpty("error").fit(ready), "no gate is above threshold 0.5: every feature was dropped")
    predictors(ready, judge, work)
    print("python: all passed")


def refused(work, start):
    """What is wrong with an input is said in a sentence, by the exception that PySpark's own stages raise."""
    try:
        work()
    except IllegalArgumentException as error:
        check(str(error).startswith(start) and "\n" not in str(error), error)
    else:
        check(False, f"nothing was refused, expected {start}")


def predictors(ready, judge, work):
    quick = {"layers": ["8"], "denseEpochs": 20, "epochs": 5, "finetuneEpochs": 2, "shards": 2, "regWeight": 0.2}
    classifier = winnow.SparseClassifier(labelCol="y", method="hard_concrete", **quick)
    model = classifier.fit(ready)
    answers = model.transform(ready)
    check(judge.evaluate(answers) > 0.9, judge.evaluate(answers))
    check({"prediction", "rawPrediction", "probability"} <= set(answers.columns), answers.columns)
    check(model.numClasses == 2 and model.numFeatures == 30 and len(model.usedFeatures) > 0, model.usedFeatures)
    check([row.layer for row in model.relevance().collect()] == ["fc1", "out"], model.relevance().collect())
    check(model.gates().count() == 30 * 8 + 8 * 2, model.gates().count())
    check(len(model.masks().toPandas()) == 2 and model.ablations().count() == 0, "masks or ablations")
    check(model.trials().first().method == "hard_concrete", model.trials().collect())
    check("weights, compression" in model.summary(), model.summary())
    grid = ParamGridBuilder().addGrid(classifier.regWeight, [0.1, 1.0]).build()
    tuned = CrossValidator(estimator=classifier, estimatorParamMaps=grid, evaluator=judge, numFolds=2, seed=1).fit(ready)
    check(type(tuned.bestModel) is winnow.SparseClassifierModel, tuned.bestModel)
    PipelineModel([model]).write().overwrite().save(work + "/sparse")
    back = PipelineModel.load(work + "/sparse")
    same = answers.select("probability").collect() == back.transform(ready).select("probability").collect()
    check(type(back.stages[0]) is winnow.SparseClassifierModel and same, "a loaded classifier predicts otherwise")
    row = answers.first()
    check(model.predictProbability(row.features) == row.probability, "the probabilities of one vector")
    check(model.predictRaw(row.features) == row.rawPrediction, "the answers to one vector")
    check(model.predict(row.features) == row.prediction, "the class of one vector")
    model.setThresholds([1.0, 0.0])
    check(model.transform(ready).filter("prediction = 1").count() == ready.count(), "thresholds of rows")
    check(model.predict(row.features) == 1, "thresholds of one vector")
    check(isinstance(classifier, ProbabilisticClassifier), type(classifier).__mro__)
    three = ready.selectExpr("features", "y", "double(case when mean_radius < 12 then 0 when mean_radius < 15 then 1 else 2 end) size")
    judge_size = MulticlassClassificationEvaluator(labelCol="size", metricName="accuracy")
    rest = OneVsRest(classifier=classifier, labelCol="size").fit(three)
    check([type(one) for one in rest.models] == [winnow.SparseClassifierModel] * 3, rest.models)
    check(judge_size.evaluate(rest.transform(three)) > 0.8, "one against the rest")
    rest.write().overwrite().save(work + "/rest")
    back = OneVsRestModel.load(work + "/rest").transform(three)
    check(back.select("prediction").collect() == rest.transform(three).select("prediction").collect(), "a loaded one")
    number = winnow.SparseRegressor(labelCol="mean_radius", predictionCol="radius", **quick).fit(ready)
    one = number.transform(ready).first()
    check(number.predict(one.features) == one.radius, "the number of one vector")
    check(abs(number.transform(ready).selectExpr("avg(radius - mean_radius)").first()[0]) < 1, number.summary())


if __name__ == "__main__":
    main(sys.argv[1])
