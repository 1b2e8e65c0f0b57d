package org.winnow.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;

/**
 * What a job came to, to look at.
 *
 * @param page in HTML
 * @param plots in SVG, by name
 */
public record Report(String page, Map<String, String> plots) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Begins with what all reports need, beside what goes on; a report that is made then is made sooner. */
    public static void begin() {
        Plots.begin();
    }

    /**
     * Makes the report of a job's results.
     *
     * @throws org.winnow.check.UserError if there are none, or they cannot be read
     */
    public static Report of(ReportSource source) throws IOException {
        begin();
        String data = json(ReportData.of(source));
        return new Report(ReportPage.of(data), Plots.of(data));
    }

    private static String json(Map<String, Object> data) throws JsonProcessingException {
        return JSON.writeValueAsString(data);
    }
}
