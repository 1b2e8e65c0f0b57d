package org.winnow;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;

/** Holds the direction of the arrows between the rooms, and keeps the frameworks where they belong. */
@AnalyzeClasses(packages = "org.winnow", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("org.winnow.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule KERNEL = room("kernel");

    @ArchTest
    static final ArchRule GATE = room("gate", "kernel");

    @ArchTest
    static final ArchRule OPERATOR = room("operator", "kernel");

    @ArchTest
    static final ArchRule ACTIVATION = room("activation", "operator", "kernel");

    @ArchTest
    static final ArchRule SPARSIFIER = room("sparsifier", "gate", "operator", "kernel");

    @ArchTest
    static final ArchRule LAYER = room("layer", "sparsifier", "activation", "gate", "operator", "kernel", "model");

    @ArchTest
    static final ArchRule FILE = room("file");

    @ArchTest
    static final ArchRule MODEL = room("model", "file");

    @ArchTest
    static final ArchRule SURGERY = room(
            "surgery",
            "layer",
            "model",
            "sparsifier",
            "activation",
            "gate",
            "operator",
            "serve",
            "safetensors",
            "kernel");

    @ArchTest
    static final ArchRule SAFETENSORS = room("safetensors");

    @ArchTest
    static final ArchRule SERVE = room("serve", "safetensors", "file", "kernel");

    @ArchTest
    static final ArchRule DATA = room("data", "model", "file", "kernel");

    @ArchTest
    static final ArchRule TRAIN = room("train", "layer", "data", "model", "file", "kernel");

    @ArchTest
    static final ArchRule TABLE = room("table", "model");

    @ArchTest
    static final ArchRule REPORT = room("report", "model", "table", "file");

    @ArchTest
    static final ArchRule RANK = room("rank", "kernel");

    @ArchTest
    static final ArchRule EVIDENCE = room("evidence", "train", "data");

    @ArchTest
    static final ArchRule PAIRS = room("pairs", "evidence", "train", "data", "model", "kernel");

    @ArchTest
    static final ArchRule SELECT =
            room("select", "rank", "pairs", "evidence", "train", "surgery", "data", "layer", "gate", "model", "kernel");

    @ArchTest
    static final ArchRule SWEEP =
            room("sweep", "select", "prune", "train", "surgery", "data", "model", "file", "kernel");

    @ArchTest
    static final ArchRule PRUNE = room("prune", "train", "surgery", "data", "sparsifier", "gate", "operator", "model");

    @ArchTest
    static final ArchRule ML = room(
            "ml",
            "select",
            "prune",
            "train",
            "surgery",
            "serve",
            "safetensors",
            "operator",
            "sparsifier",
            "report",
            "table",
            "data",
            "gate",
            "model",
            "file");

    @ArchTest
    static final ArchRule BENCH =
            room("bench", "layer", "model", "sparsifier", "activation", "gate", "operator", "kernel");

    @ArchTest
    static final ArchRule DOCTOR = room("doctor");

    @ArchTest
    static final ArchRule NO_JAVA_DESERIALISATION = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.ObjectInputStream")
            .because("files that a user is handed could make any class of it");

    @ArchTest
    static final ArchRule DL4J_IN_FOUR_ROOMS = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "org.winnow.layer..", "org.winnow.surgery..", "org.winnow.train..", "org.winnow.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.deeplearning4j..");

    @ArchTest
    static final ArchRule NO_SPARK_IN_MATHEMATICS = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.winnow.check..",
                    "org.winnow.kernel..",
                    "org.winnow.gate..",
                    "org.winnow.operator..",
                    "org.winnow.activation..",
                    "org.winnow.sparsifier..",
                    "org.winnow.layer..",
                    "org.winnow.file..",
                    "org.winnow.model..",
                    "org.winnow.surgery..",
                    "org.winnow.safetensors..",
                    "org.winnow.serve..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.spark..");

    /** Classes of a room use the rooms named, {@code check}, and nothing else of ours. */
    private static ArchRule room(String name, String... mayUse) {
        String[] allowed =
                Arrays.stream(mayUse).map(room -> "org.winnow." + room + "..").toArray(String[]::new);
        String self = "org.winnow." + name + "..";
        return classes()
                .that()
                .resideInAPackage(self)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed)
                        .or(resideInAnyPackage(self, "org.winnow.check.."))
                        .or(resideOutsideOfPackages("org.winnow..")))
                .allowEmptyShould(true);
    }
}
