package org.winnow.report;

import java.util.LinkedHashMap;
import java.util.Map;
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

    private Plots() {}

    /** The library, parsed once: that takes longer than to draw a plot. */
    private static final class Library {
        static final Script ECHARTS = parse();

        private static Script parse() {
            try (Context context = interpreter()) {
                return context.compileString(ReportPage.resource(ReportPage.ECHARTS), "echarts", 1, null);
            }
        }
    }

    /** Interprets, as a script of this size does not fit a compiler's methods. */
    private static Context interpreter() {
        Context context = Context.enter();
        context.setLanguageVersion(Context.VERSION_ES6);
        context.setInterpretedMode(true);
        return context;
    }

    /** The plots of data by name. */
    static Map<String, String> of(String data) {
        try (Context context = interpreter()) {
            Scriptable scope = context.initSafeStandardObjects();
            evaluate(context, scope, "draw.js");
            Library.ECHARTS.exec(context, scope);
            evaluate(context, scope, ReportPage.CHARTS);
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
