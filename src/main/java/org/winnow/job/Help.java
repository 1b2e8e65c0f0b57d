package org.winnow.job;

import org.apache.commons.text.WordUtils;
import org.winnow.model.Setting;

/** The text of {@code --help}: made from the options records, so that it cannot drift from what is read. */
final class Help {
    private static final int WIDTH = 100;

    private Help() {}

    static String of(String script, String purpose, Class<? extends Record> options) {
        StringBuilder text = new StringBuilder();
        text.append("Usage: jobs/")
                .append(script.replaceFirst("( |$)", ".sh$1"))
                .append(" [--conf FILE] [key=value ...]\n\n");
        text.append(wrap(purpose, ""));
        text.append("""

                Values on the command line win over the file, the file over the defaults.
                MASTER=URL chooses where it runs (any Spark master; default local[*]).
                Exit codes: 0 done, 2 the input is wrong, 1 our fault.

                  --conf FILE   read keys from a HOCON file
                  --help        print this
                  --version     print the version

                Keys:
                """);
        for (SettingsSchema.Key key : SettingsSchema.of(options).keys().values()) {
            Setting setting = key.setting();
            text.append("  ").append(key.path()).append("  (").append(key.typeInWords());
            text.append(setting.unit().isEmpty() ? "" : ", in " + setting.unit());
            text.append(setting.byDefault().isEmpty() ? "; must be given" : "; default " + setting.byDefault());
            text.append(")\n");
            text.append(wrap(setting.value(), "      "));
        }
        return text.toString();
    }

    private static String wrap(String text, String indent) {
        return indent + WordUtils.wrap(text, WIDTH - indent.length(), "\n" + indent, false) + "\n";
    }
}
