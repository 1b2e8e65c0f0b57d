package org.winnow.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page of a report: one file that needs no other. */
final class ReportPage {
    static final String ECHARTS = "echarts/echarts.min.js";
    static final String CHARTS = "charts.js";

    private static final Pattern PLACE = Pattern.compile("/\\*\\{(\\w+)}\\*/");

    private ReportPage() {}

    /** The page that shows data, given as JSON. */
    static String of(String data) {
        Map<String, String> parts = Map.of(
                "style",
                resource("report.css"),
                "data",
                data.replace("<", "\\u003c"),
                "echarts",
                script(resource(ECHARTS)),
                "charts",
                script(resource(CHARTS)),
                "page",
                script(resource("page.js")));
        return PLACE.matcher(resource("report.html"))
                .replaceAll(place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), "")));
    }

    /** A script inside a page must not end it; a string means the same with the slash escaped. */
    private static String script(String text) {
        return text.replace("</script", "<\\/script");
    }

    static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
