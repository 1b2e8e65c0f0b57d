#!/usr/bin/env bash
# Installs what the notebooks need into a virtual environment under target/, and starts Jupyter.
# Usage: start.sh [word of jupyter lab …], or start.sh --install to leave it at installing. PYTHON names another Python.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
place=$root/target/notebooks
venv=$place/venv
kernel_version=3.0.1
say() { echo "notebooks: $*" >&2; }
wrong() { say "$*"; exit 2; }

find_python() {
  local name
  for name in ${PYTHON:-python3.11 python3.10 python3}; do
    if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 11))'; then
      echo "$name"
      return
    fi
  done
}

install_python() {
  local python
  cmp -s "$root/notebooks/requirements.txt" "$place/installed.txt" && return
  python=$(find_python)
  [ -n "$python" ] || wrong "PySpark 3.5 and these notebooks need Python 3.10 or 3.11, none is on the path; PYTHON=… names one"
  "$python" -c 'import ensurepip, venv' 2>/dev/null || wrong "$python cannot make virtual environments; install python3-venv"
  say "installing into $venv; this downloads about 450 MB"
  rm -rf "$venv"
  "$python" -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check -r "$root/notebooks/requirements.txt"
  cp "$root/notebooks/requirements.txt" "$place/installed.txt"
}

# The kernel runs in a JVM with the options of the jobs, finds our logging.properties and LoopThread before its own, and cells find
# Spark's jars and the one jar.
install_java_kernel() {
  local jar=$place/rapaio-jupyter-kernel-$kernel_version.jar options
  # Away from the pom, which says where its own dependencies go.
  [ -f "$jar" ] || (cd "$place" && mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -DoutputDirectory="$place" -Dartifact="io.github.padreati:rapaio-jupyter-kernel:$kernel_version")
  javac -cp "$jar" -d "$place/classes" "$root/notebooks/kernel/LoopThread.java"
  options=$(sed -nE 's/^spark\.driver\.extraJavaOptions +//p' "$root/conf/spark-defaults.conf")
  mkdir -p "$venv/share/jupyter/kernels/java"
  "$venv/bin/python" - "$jar" "$root" "$options" >"$venv/share/jupyter/kernels/java/kernel.json" <<'PYTHON'
import glob, json, sys
jar, root, options = sys.argv[1:]
ours = [path for path in glob.glob(f"{root}/target/winnow-[0-9]*.jar") if not path.endswith("-shaded.jar")]
spark = [f"{root}/target/spark-home/jars/*.jar"]
java = ["java", "-Xmx2g", *options.split(), f"-Dlog4j2.configurationFile={root}/conf/log4j2.properties"]
kernel = f"{root}/target/notebooks/classes:{root}/notebooks:{jar}"
print(json.dumps({
    "argv": [*java, "-cp", kernel, "org.rapaio.jupyter.kernel.MainApp", "{connection_file}"],
    "display_name": "Java 17 with Winnow",
    "language": "java",
    "interrupt_mode": "message",
    "env": {"RJK_CLASSPATH": ";".join(ours + spark), "OMP_NUM_THREADS": "1", "RJK_TIMEOUT_MILLIS": "-1"},
}, indent=1))
PYTHON
}

"$root/jobs/select.sh" --version >/dev/null || wrong "the project does not build; jobs/select.sh --version says why"
mkdir -p "$place"
install_python
install_java_kernel
export WINNOW_HOME=$root OMP_NUM_THREADS=1
# PySpark brings a Spark of its own.
unset SPARK_HOME
[ "${1:-}" = --install ] && exit
cd "$root/notebooks"
exec "$venv/bin/jupyter" lab "$@"
