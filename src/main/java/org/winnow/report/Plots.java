package org.winnow.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.Script;
import org.mozilla.javascript.Scriptable;

/**
 * The plots of a report as SVG files: the page's own, drawn by the same script in an interpreter, so that no browser, no
 * fonts and no display are needed.
 */
final class Plots {
    private static final int WIDTH = 960;

    /** What was begun and is not used yet. */
    private static final AtomicReference<@Nullable FutureTask<Scriptable>> AHEAD = new AtomicReference<>();

    private Plots() {}

    /** The library, parsed once: that takes longer than to draw a plot. */
    private static final class Library {
        static final Script ECHARTS = parse();

        private static Script parse() {
            Unoptimised.interpreter();
            try (Context context = interpreter()) {
                return context.compileString(ReportPage.resource(ReportPage.ECHARTS), "echarts", 1, null);
            }
        }
    }

    /** Begins to make what plots are drawn in, beside what goes on: in a cold JVM that takes a second. */
    static void begin() {
        FutureTask<Scriptable> scope = new FutureTask<>(Plots::scope);
        if (AHEAD.compareAndSet(null, scope)) {
            Thread thread = new Thread(scope, "plots");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Interprets, as a script of this size does not fit a compiler's methods. */
    private static Context interpreter() {
        Context context = Context.enter();
        context.setLanguageVersion(Context.VERSION_ES6);
        context.setInterpretedMode(true);
        return context;
    }

    /** What plots are drawn in. Each report has one of its own: the library numbers what it draws. */
    private static Scriptable scope() {
        try (Context context = interpreter()) {
            Scriptable scope = context.initSafeStandardObjects();
            evaluate(context, scope, "draw.js");
            Library.ECHARTS.exec(context, scope);
            evaluate(context, scope, ReportPage.CHARTS);
            return scope;
        }
    }

    /** That which was begun, once it is there; what went wrong with it is thrown here. */
    private static Scriptable begunScope() {
        FutureTask<Scriptable> ahead = AHEAD.getAndSet(null);
        if (ahead == null) {
            return scope();
        }
        try {
            return ahead.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before plots were drawn", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("plots cannot be drawn: " + e.getCause(), e);
        }
    }

    /** The plots of data by name. */
    static Map<String, String> of(String data) {
        Scriptable scope = begunScope();
        try (Context context = interpreter()) {
            Function draw = (Function) scope.get("draw", scope);
            NativeArray drawn = (NativeArray) draw.call(context, scope, scope, new Object[] {data, WIDTH});
            Map<String, String> plots = new LinkedHashMap<>();
            for (Object plot : drawn) {
                NativeArray pair = (NativeArray) plot;
                plots.put(Context.toString(pair.get(0)), Context.toString(pair.get(1)));
            }
            return plots;
        }
    }

    private static void evaluate(Context context, Scriptable scope, String resource) {
        context.evaluateString(scope, ReportPage.resource(resource), resource, 1, null);
    }
}
