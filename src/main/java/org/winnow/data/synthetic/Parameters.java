package org.winnow.data.synthetic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.winnow.check.UserError;

/** The parameters of a generator as its path gives them: {@code synthetic:NAME?key=value&key=value}. */
final class Parameters {
    private final String path;
    private final Map<String, String> given = new LinkedHashMap<>();
    private final TreeSet<String> known = new TreeSet<>();

    /** Reads what follows the question mark. */
    Parameters(String path, String query) {
        this.path = path;
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals <= 0 && !query.isEmpty()) {
                throw new UserError(path + ": parameters are key=value, separated by &, got \"" + pair + "\"");
            }
            if (equals > 0 && given.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                throw new UserError(path + ": " + pair.substring(0, equals) + " is given twice");
            }
        }
    }

    /** A whole number within bounds. */
    int integer(String key, int byDefault, int least, int most) {
        return (int) whole(key, byDefault, least, most);
    }

    /** A whole number within bounds. */
    long whole(String key, long byDefault, long least, long most) {
        known.add(key);
        String text = given.getOrDefault(key, Long.toString(byDefault));
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Answered below, as a number out of bounds is.
        }
        throw new UserError(
                path + ": " + key + " must be a whole number in [" + least + ", " + most + "], got " + text);
    }

    /** A number within bounds. */
    double number(String key, double byDefault, double least, double most) {
        known.add(key);
        String text = given.getOrDefault(key, Double.toString(byDefault));
        try {
            double value = Double.parseDouble(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Answered below, as a number out of bounds is.
        }
        throw new UserError(path + ": " + key + " must be a number in [" + least + ", " + most + "], got " + text);
    }

    /** Refuses a key that nothing has asked for. */
    void refuseUnknown() {
        for (String key : given.keySet()) {
            if (!known.contains(key)) {
                throw new UserError(
                        path + ": unknown parameter \"" + key + "\"; parameters: " + String.join(", ", known));
            }
        }
    }
}
