#!/usr/bin/env bash
# Checks the driver and every executor, a line and a cure each; exit 2 if jobs would fail. --parameters N --batch B: memory.
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null || { echo "doctor: no java; cure: install a JDK 17, or let JAVA_HOME name one" >&2; exit 2; }
version=$("$java" -version 2>&1 | sed -nE 's/.* version "([0-9]+).*/\1/p' | head -1)
[ "$version" = 17 ] || { echo "doctor: JDK ${version:-unknown} at $java; cure: install a JDK 17, and let JAVA_HOME name it" >&2; exit 2; }
exec "$(dirname "$0")/winnow.sh" DoctorJob "$@"
