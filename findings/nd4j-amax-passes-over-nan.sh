#!/usr/bin/env bash
# ND4J 1.0.0-M2.1: amaxNumber(), the largest magnitude of an array, passes over NaN unless NaN is its first element. A check
# such as amaxNumber() < tolerance of a difference passes on an array full of NaN but for the first element. Float and double.
# Seen, for floats and doubles: "NaN at 0: NaN NaN", "NaN at 1: 1.0 2.0", "NaN at 3: 2.0 2.0".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p src/main/java
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>amax</artifactId>
  <version>1</version>
  <properties>
    <maven.compiler.release>17</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
    <javacpp.platform>linux-x86_64</javacpp.platform>
  </properties>
  <dependencies>
    <dependency>
      <groupId>org.nd4j</groupId>
      <artifactId>nd4j-native-platform</artifactId>
      <version>1.0.0-M2.1</version>
    </dependency>
  </dependencies>
</project>
XML
cat > src/main/java/Amax.java <<'JAVA'
import java.util.Arrays;
import org.nd4j.linalg.factory.Nd4j;

public class Amax {
    public static void main(String[] args) {
        for (int at : new int[] {0, 1, 3}) {
            float[] floats = {1, -2, 1, 1};
            double[] doubles = {1, 1, -2, 1};
            floats[at] = Float.NaN;
            doubles[at] = Double.NaN;
            System.out.println("NaN at " + at + ": " + Nd4j.createFromArray(floats).amaxNumber() + " "
                    + Nd4j.createFromArray(doubles).amaxNumber() + " of " + Arrays.toString(floats));
        }
    }
}
JAVA
mvn -B -q -ntp org.apache.maven.plugins:maven-compiler-plugin:3.14.1:compile \
  org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath -Dmdep.outputFile=classpath
java -cp "target/classes:$(cat classpath)" Amax 2>/dev/null | tee seen
grep -q '^NaN at 0: NaN NaN' seen
grep -qE '^NaN at 3: [12]\.0 2\.0' seen
