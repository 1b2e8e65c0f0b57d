package org.winnow.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.factory.Nd4j;

/** Looks at the process that it runs in. */
public final class Probe {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    /** What Spark opens for JDK 17, and one more for Kryo, as in {@code conf/spark-defaults.conf}. */
    static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.io",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/jdk.internal.ref",
            "java.base/sun.nio.ch",
            "java.base/sun.nio.cs",
            "java.base/sun.security.action",
            "java.base/sun.util.calendar",
            "java.security.jgss/sun.security.krb5");

    private Probe() {}

    /**
     * The environment of this process.
     *
     * @param granted bytes that the cluster manager grants the process, 0 where it grants none
     * @param fileFault as {@link Environment#fileFault} has it
     */
    public static Environment here(String place, int taskCores, long granted, String fileFault) {
        String nativeFault = nativeFault();
        return new Environment(
                place,
                Runtime.version().feature(),
                closed(),
                ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent(),
                scala.util.Properties.versionNumberString(),
                nativeFault,
                nativeThreads(System.getenv()),
                taskCores,
                memory(granted, nativeFault.isEmpty()),
                fileFault);
    }

    private static List<String> closed() {
        Module everyone = Probe.class.getModule();
        return OPENED.stream()
                .filter(name -> {
                    int slash = name.indexOf('/');
                    Optional<Module> module = ModuleLayer.boot().findModule(name.substring(0, slash));
                    return module.isPresent() && !module.get().isOpen(name.substring(slash + 1), everyone);
                })
                .toList();
    }

    /** Whatever keeps the library from loading, an error of linking most likely, is what is asked for. */
    private static String nativeFault() {
        try {
            double sum = Nd4j.ones(2, 2).mmul(Nd4j.ones(2, 2)).sumNumber().doubleValue();
            return sum == 8 ? "" : "2 x 2 ones times themselves sum to " + sum + ", not 8";
        } catch (Exception | LinkageError e) {
            return e.toString();
        }
    }

    static int nativeThreads(Map<String, String> variables) {
        String threads = variables.getOrDefault("OMP_NUM_THREADS", "");
        return threads.matches("[0-9]{1,6}") ? Integer.parseInt(threads) : 0;
    }

    private static Environment.Memory memory(long granted, boolean javacpp) {
        long heap = Runtime.getRuntime().maxMemory();
        long host =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return new Environment.Memory(
                heap,
                javacpp ? Pointer.maxBytes() : heap,
                javacpp ? Pointer.maxPhysicalBytes() : 0,
                granted == 0 ? host : Math.min(granted, host));
    }
}
