#!/usr/bin/env bash
# The wrappers of src/main/python under the real pyspark of PyPI, in an environment of its own under target/: with --jars and
# --py-files, as a notebook has them. Needs the jar that mvn package makes.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=target/python/venv
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install -q --disable-pip-version-check 'pyspark==3.5.7' 'pandas==2.3.3' 'numpy==2.2.6'
SPARK_HOME=$("$venv/bin/python" -c 'import pyspark, os; print(os.path.dirname(pyspark.__file__))')
export SPARK_HOME SPARK_LOCAL_IP=127.0.0.1 OMP_NUM_THREADS=1
export PYSPARK_PYTHON="$PWD/$venv/bin/python"

jar=$(find target -maxdepth 1 -name 'winnow-[0-9]*.jar' ! -name '*-shaded.jar')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$SPARK_HOME/bin/spark-submit" --master 'local[2]' --properties-file conf/spark-defaults.conf \
  --conf spark.ui.enabled=false --driver-java-options \
  "$(sed -n 's/^spark.driver.extraJavaOptions *//p' conf/spark-defaults.conf) -Dlog4j2.configurationFile=$PWD/conf/log4j2.properties" \
  --jars "$jar" --py-files src/main/python/winnow.py .ci/python.py "$work"
