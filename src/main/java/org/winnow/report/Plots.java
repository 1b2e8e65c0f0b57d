package org.winnow.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.Scriptable;

/**
 * The plots of a report as SVG files: the page's own, drawn by the same script in an interpreter, so that no browser, no
 * fonts and no display are needed.
 */
final class Plots {
    private static final int WIDTH = 960;

    /** Timers drive animations, of which a file has none. */
    private static final String NO_TIMERS = "function setTimeout() { return 0; } function clearTimeout() {}";

    private static final String DRAW = "winnowCharts.all(JSON.parse(data), winnowCharts.light).map(function (plot) {"
            + "  var chart = echarts.init(null, null,"
            + "      { renderer: 'svg', ssr: true, width: " + WIDTH + ", height: plot.height });"
            + "  plot.option.backgroundColor = winnowCharts.light.surface;"
            + "  chart.setOption(plot.option);"
            + "  var svg = chart.renderToSVGString();"
            + "  chart.dispose();"
            + "  return [plot.id, svg];"
            + "});";

    private Plots() {}

    /** The plots of data by name. */
    static Map<String, String> of(String data) {
        try (Context context = Context.enter()) {
            context.setLanguageVersion(Context.VERSION_ES6);
            context.setInterpretedMode(true); // A script of this size does not fit the compiler's methods.
            Scriptable scope = context.initSafeStandardObjects();
            evaluate(context, scope, "timers", NO_TIMERS);
            evaluate(context, scope, "echarts", ReportPage.resource(ReportPage.ECHARTS));
            evaluate(context, scope, "charts", ReportPage.resource(ReportPage.CHARTS));
            scope.put("data", scope, data);
            NativeArray drawn = (NativeArray) evaluate(context, scope, "draw", DRAW);
            Map<String, String> plots = new LinkedHashMap<>();
            for (Object plot : drawn) {
                NativeArray pair = (NativeArray) plot;
                plots.put(Context.toString(pair.get(0)), Context.toString(pair.get(1)));
            }
            return plots;
        }
    }

    private static Object evaluate(Context context, Scriptable scope, String name, String script) {
        return context.evaluateString(scope, script, name, 1, null);
    }
}
