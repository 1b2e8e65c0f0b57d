#!/usr/bin/env bash
# Networks go to Python and back as safetensors: the test class PythonInterchangeTest, with the packages of PyPI in an environment
# of its own under target/.
set -euo pipefail
cd "$(dirname "$0")/.."

python=target/interchange/venv
[ -x "$python/bin/python" ] || python3 -m venv "$python"
"$python/bin/pip" install -q --disable-pip-version-check 'safetensors==0.8.0' 'numpy==2.4.6'
mvn -B -ntp test -Dtest=PythonInterchangeTest -Dwinnow.python="$PWD/$python/bin/python"
grep -q 'tests="2" errors="0" skipped="0" failures="0"' target/surefire-reports/TEST-*.PythonInterchangeTest.xml \
  || { echo "interchange: not every test ran" >&2; exit 1; }
